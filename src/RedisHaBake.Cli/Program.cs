using System.CommandLine;
using RedisHaBake.Cli.Commands;
using RedisHaBake.Cli.Lab;

var root = new RootCommand("One cluster.yaml in, one text per VM out: Redis that fails over by itself.")
{
    ValidateCommand.Create(),
    GenerateCommand.Create(),
    PreviewCommand.Create(),
    LabCommand.Create(),
};
return root.Parse(args).Invoke();
