using System.Text.Json.Nodes;
using RedisHaBake.Model.Spec.Shape;

namespace RedisHaBake.Cli.Tests;

/// <summary>Reader, schema and README's reference come from one description of the spec.</summary>
public sealed class ReferenceTests
{
    private const string Begin = "<!-- spec reference: `redishabake schema --markdown` -->\n";
    private const string End = "<!-- end of the spec reference -->";

    [Fact]
    public void Readmes_spec_reference_is_the_generated_one()
    {
        var readme = File.ReadAllText(Repository.At("README.md"));
        var from = readme.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length;
        Assert.Equal(SpecReference.Markdown(), readme[from..readme.IndexOf(End, StringComparison.Ordinal)]);
    }

    [Fact]
    public void The_schema_describes_every_key_and_knows_no_other()
    {
        var schema = JsonNode.Parse(SpecSchema.Json())!;
        Same(schema, SpecFields.Root);
        Assert.Equal(["apiVersion", "name", "cidr", "nodes"], schema["required"]!.AsArray().Select(n => (string)n!));

        static void Same(JsonNode schema, Section section)
        {
            Assert.False((bool)schema["additionalProperties"]!);
            Assert.Equal(section.Fields.Select(f => f.Name), schema["properties"]!.AsObject().Select(p => p.Key));
            foreach (var field in section.Fields)
            {
                var property = schema["properties"]![field.Name]!;
                Assert.StartsWith(field.Doc, (string)property["description"]!);
                if (field.Kind is OrWordKind either)
                    Same(property["anyOf"]![0]!, either.Section);
                else if (field.Kind is Section inner)
                    Same(property, inner);
                else if (field.Kind is ListKind<View> { Item: Section item })
                    Same(property["items"]!, item);
            }
        }
    }

    [Fact]
    public async Task The_starter_points_at_the_schema_that_init_writes_beside_it()
    {
        var directory = Directory.CreateTempSubdirectory("redishabake-test-").FullName;
        try
        {
            var spec = Path.Combine(directory, "cluster.yaml");
            await Run.Of("init", spec, "--name", "shop", "--cidr", "10.0.0.0/24", "--node", "a=10.0.0.1", "--node", "b=10.0.0.2", "--node", "c=10.0.0.3", "--write", "10.0.0.9");
            var named = File.ReadLines(spec).First().Split("$schema=")[1];
            Assert.Equal(SpecSchema.Json(), File.ReadAllText(Path.Combine(directory, named)));
            Assert.Equal((await Run.Of("schema")).Output, SpecSchema.Json());
            var generation = Generation.Run(spec, keepSecrets: false, handsOut: false);
            Assert.Equal("W293", Assert.Single(generation.Problems).Code);
            Assert.Equal("10.0.0.9", generation.Spec!.Addresses.Write);
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }
}
