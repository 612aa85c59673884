using System.CommandLine;
using RedisHaBake.Cli.Output;

namespace RedisHaBake.Cli.Commands;

/// <summary>redishabake completion: a script for the shell; the answers come from the command line's own description.</summary>
internal static class CompletionCommand
{
    private const string Bash = """
        # redishabake completion bash > /etc/bash_completion.d/redishabake
        _redishabake() {
            local IFS=$'\n'
            COMPREPLY=($(compgen -W "$(redishabake "[suggest:${COMP_POINT}]" "${COMP_LINE}" 2> /dev/null)" -- "${COMP_WORDS[COMP_CWORD]}"))
        }
        complete -o default -F _redishabake redishabake

        """;

    private const string Zsh = """
        #compdef redishabake
        # redishabake completion zsh > "${fpath[1]}/_redishabake"; or in ~/.zshrc: source <(redishabake completion zsh)
        _redishabake() {
            local -a answers
            # This command alone, up to the cursor.
            local line="${(j: :)words[1,CURRENT-1]} $PREFIX"
            answers=("${(@f)$(redishabake "[suggest:${#line}]" "$line" 2> /dev/null)}")
            compadd -- $answers || _files
        }
        # From fpath this file itself is the function's body the first time.
        if [[ $funcstack[1] == _redishabake ]]; then
            _redishabake
        else
            compdef _redishabake redishabake
        fi

        """;

    private const string Fish = """
        # redishabake completion fish > ~/.config/fish/completions/redishabake.fish
        function __redishabake_answers
            set -l answers (redishabake "[suggest:"(string length -- (commandline -cp))"]" (commandline -cp) 2> /dev/null)
            printf '%s\n' $answers
            # Files where a word of one's own is wanted, not beside a list of words.
            string match -qrv -- '^-' $answers; or __fish_complete_path (commandline -ct)
        end
        complete -c redishabake -f -a '(__redishabake_answers)'

        """;

    public static Command Create()
    {
        var shell = new Argument<string>("shell") { Description = "bash, zsh or fish." };
        shell.TakesOneOf("bash", "zsh", "fish");
        var command = new Command("completion", "Print a completion script for a shell.") { shell };
        command.SetAction(result => Terminal.For(result).Text("script", result.GetValue(shell) switch { "zsh" => Zsh, "fish" => Fish, _ => Bash }));
        return command;
    }
}
