using System.CommandLine;
using RedisHaBake.Cli.Output;

namespace RedisHaBake.Cli.Commands;

/// <summary>What the commands have in common.</summary>
internal static class Shared
{
    public static Argument<string> SpecArgument() => new("spec")
    {
        Description = "The cluster's spec.",
        DefaultValueFactory = _ => "cluster.yaml",
    };

    public static void Print(Generation generation)
    {
        var paint = Paint.ForStandardError();
        foreach (var problem in generation.Problems)
            Console.Error.WriteLine(ProblemText.Write(problem, generation.Sources[problem.File], paint));
    }
}
