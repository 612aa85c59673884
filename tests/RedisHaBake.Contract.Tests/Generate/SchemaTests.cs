using RedisHaBake.Cli;
using RedisHaBake.Model.Spec.Shape;

namespace RedisHaBake.Contract.Tests.Generate;

/// <summary>The JSON Schema as a validator that is not ours reads it, which an editor does on every key.</summary>
public sealed class SchemaTests(Debian13 trixie) : IClassFixture<Debian13>
{
    // Draft 7 by python3-jsonschema, which cloud-init brings, and YAML as Python reads it.
    private const string Validator =
        """
        import json, sys, jsonschema, yaml
        schema = json.load(open(sys.argv[1]))
        jsonschema.Draft7Validator.check_schema(schema)
        bad = 0
        for path in sys.argv[2:]:
            for error in jsonschema.Draft7Validator(schema).iter_errors(yaml.safe_load(open(path))):
                print(path, list(error.path), error.message[:200])
                bad = 1
        sys.exit(bad)
        """;

    [Fact]
    public async Task It_takes_the_starter_and_every_example()
    {
        var directory = Directory.CreateTempSubdirectory("redishabake-schema-").FullName;
        try
        {
            var starter = Path.Combine(directory, "cluster.yaml");
            Assert.Equal(0, await CommandLine.RunAsync(["init", starter], TextWriter.Null, TextWriter.Null));
            List<string> specs = [starter, .. Directory.GetFiles(WorkedSpecs.Examples, "cluster.yaml", SearchOption.AllDirectories)];
            Assert.True(specs.Count > 5);
            Assert.Equal((0, ""), Validate([.. specs.Select((s, i) => trixie.Write($"schema-{i}.yaml", File.ReadAllText(s)))]));
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    [Theory]
    [InlineData("nodes:\n- {name: redis-a, address: 10.10.90.37}", "nmae: shop", "nmae")]
    [InlineData("nodes: redis-a", "name: shop", "redis-a")]
    [InlineData("nodes: []", "redis: {extra: [\"a\\u0007b\"]}", "a\\x07b")]
    public void It_refuses_what_the_program_refuses(string nodes, string more, string said)
    {
        var (code, output) = Validate(trixie.Write("schema-wrong.yaml", $"apiVersion: redishabake/v1\ncidr: 10.10.90.0/24\n{nodes}\n{more}\n"));
        Assert.Equal(1, code);
        Assert.Contains(said, output, StringComparison.Ordinal);
    }

    private (int ExitCode, string Output) Validate(params IReadOnlyList<string> specs)
    {
        var run = trixie.Run("python3", [trixie.Write("validator.py", Validator), trixie.Write("schema.json", SpecSchema.Json()), .. specs]);
        return (run.ExitCode, run.Output.Trim());
    }
}
