using RedisHaBake.Contract.Tests.Render;

namespace RedisHaBake.Contract.Tests.Generate;

/// <summary>`redishabake completion` in the three real shells: what a person gets who presses Tab.</summary>
public sealed class CompletionTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("redishabake-test-").FullName;

    // Where the person is: no file there is an answer.
    private string Here => Directory.CreateDirectory(Path.Combine(_directory, "here")).FullName;

    private static string Cli => Path.Combine(AppContext.BaseDirectory, "redishabake");

    [Theory]
    [InlineData("redishabake gen", "generate")]
    [InlineData("redishabake lab f", "fail")]
    [InlineData("redishabake generate --f", "--force")]
    [InlineData("redishabake init --os debian-1", "debian-12", "debian-13")]
    public void Bash_completes(string line, params string[] expected)
    {
        var script = $"source {Script("bash")}; COMP_LINE='{line}'; COMP_POINT={line.Length}; COMP_WORDS=({line}); COMP_CWORD={line.Count(c => c == ' ')}; _redishabake; printf '%s\\n' \"${{COMPREPLY[@]}}\"";
        Assert.Equal(expected, Answers("bash", "-c", script));
    }

    [Theory]
    [InlineData("redishabake gen", "generate")]
    [InlineData("ls | redishabake lab f", "fail")]
    [InlineData("redishabake generate --f", "--force")]
    [InlineData("redishabake init --os debian-1", "debian-12", "debian-13")]
    public void Fish_completes(string line, params string[] expected)
        => Assert.Equal(expected, Answers("fish", "--no-config", "-c", $"source {Script("fish")}; complete -C '{line}'"));

    [Theory]
    [InlineData("redishabake init --os ", false)]
    [InlineData("redishabake validate ", true)]
    public void Fish_offers_files_where_there_is_no_list_of_words(string line, bool files)
    {
        File.WriteAllText(Path.Combine(Here, "debian.yaml"), "");
        Assert.Equal(files, Answers("fish", "--no-config", "-c", $"source {Script("fish")}; complete -C '{line}'").Contains("debian.yaml"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Zsh_completes_at_the_first_press(bool fromFpath)
    {
        var script = Script("zsh");
        var load = fromFpath ? $"fpath=({_directory} $fpath); autoload -Uz compinit; compinit -D -u" : $"autoload -Uz compinit; compinit -D -u; source {script}";
        // A terminal of its own, as a person has one: prompt, a line, Tab, and what the line became.
        var session = Path.Combine(_directory, "session");
        File.WriteAllText(session, $$"""
            zmodload zsh/zpty
            zpty z TERM=dumb zsh -f -i
            read_until() {
                local part all= i
                for i in {1..80}; do
                    zpty -r -t z part && all+=$part
                    [[ $all == *$1* ]] && { print -r -- "found $1"; return; }
                    sleep 0.1
                done
                print -r -- "not found: $1 in $all"
                exit
            }
            # The prompt comes when the line editor reads keys: a Tab before it would be lost.
            zpty -w z 'cd {{Here}}; {{load}}; PROMPT="editor-is-%(?.up.down) "'
            read_until editor-is-up
            zpty -w -n z $'redishabake gen\t'
            read_until 'redishabake generate '
            zpty -w -n z $'\C-uls | redishabake val x\C-b\C-b\t'
            sleep 1
            zpty -w -n z $'\C-l'
            read_until 'ls | redishabake validate'
            zpty -d z
            """);
        string[] expected = ["found editor-is-up", "found redishabake generate ", "found ls | redishabake validate"];
        string[] said = [];
        // A pseudo-terminal loses a key now and then that comes while the shell changes its mode. Another session, with a first press of its own.
        for (var tries = 0; tries < 3 && !said.SequenceEqual(expected); tries++)
            said = [.. Answers("zsh", "-f", session).Select(l => l.TrimStart())];
        Assert.Equal(expected, said);
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    private string[] Answers(params string[] command)
    {
        var path = Path.GetDirectoryName(Cli) + ":" + Environment.GetEnvironmentVariable("PATH");
        var (_, output) = RealProgram.Run("env", ["-C", Here, "PATH=" + path, "HOME=" + _directory, .. command]);
        return [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => l.Split('\t')[0].TrimEnd('\r')).Where(l => l.Length > 0)];
    }

    private string Script(string shell)
    {
        var (code, text) = RealProgram.Run(Cli, "completion", shell);
        Assert.Equal(0, code);
        var path = Path.Combine(_directory, shell == "zsh" ? "_redishabake" : shell);
        File.WriteAllText(path, text);
        return path;
    }
}
