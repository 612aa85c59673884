using RedisHaBake.Cli.CloudInit;
using RedisHaBake.Cli.Secrets;
using RedisHaBake.Cli.Yaml;
using RedisHaBake.Model.Plan;
using RedisHaBake.Model.Secrets;
using RedisHaBake.Model.Spec;
using RedisHaBake.Model.Spec.Problems;
using RedisHaBake.Model.Spec.Rules;
using RedisHaBake.Model.Spec.Source;

namespace RedisHaBake.Cli;

/// <summary>
/// A spec on its way to texts. <c>generate</c>, <c>preview</c> and the lab all go this way, so that the lab boots exactly what would
/// be pasted.
/// </summary>
/// <param name="Sources">The files that problems point into.</param>
/// <param name="Problems">All that was found.</param>
/// <param name="Spec">The spec; null where it is at fault.</param>
/// <param name="Secrets">The secrets; null where spec or secrets are at fault.</param>
/// <param name="Nodes">The texts, in the spec's order; empty where something is at fault.</param>
public sealed record Generation(
    IReadOnlyDictionary<SourceFile, SpecSource> Sources,
    IReadOnlyList<Problem> Problems,
    ClusterSpec? Spec,
    ClusterSecrets? Secrets,
    IReadOnlyList<NodeTexts> Nodes)
{
    /// <summary>Whether there are texts.</summary>
    public bool Succeeded => Nodes.Count > 0;

    /// <summary>Reads <paramref name="specPath"/> and its secrets and writes the texts in memory.</summary>
    /// <param name="specPath">Path of cluster.yaml.</param>
    /// <param name="keepSecrets">Whether passwords made now are written to the secrets file, as a run that hands out texts must.</param>
    /// <param name="networkInterface">The interface for NoCloud's network-config where the machine's is known to differ from the spec's.</param>
    public static Generation Run(string specPath, bool keepSecrets = true, string? networkInterface = null)
    {
        var problems = new ProblemList();
        var source = YamlFile.Read(specPath, problems);
        var sources = new Dictionary<SourceFile, SpecSource> { [SourceFile.Spec] = source };
        if (source.Root is null)
            return new(sources, problems.All, null, null, []);
        var spec = SpecReader.Read(source.Root, problems);
        SpecRules.Check(spec, problems);

        var secretProblems = new ProblemList(SourceFile.Secrets);
        var path = SecretsFile.PathFor(specPath, spec);
        var file = SecretsFile.Read(path, spec, secretProblems);
        sources[SourceFile.Secrets] = file.Source;
        IReadOnlyList<Problem> all = [.. problems.All, .. secretProblems.All];
        if (problems.HasErrors)
            return new(sources, all, null, null, []);
        if (secretProblems.HasErrors)
            return new(sources, all, spec, null, []);
        if (keepSecrets && file.Made)
            file.Write(path, spec.Name);
        return new(sources, all, spec, file.Secrets, Texts(spec, file.Secrets, networkInterface ?? spec.Interface));
    }

    private static List<NodeTexts> Texts(ClusterSpec spec, ClusterSecrets secrets, string networkInterface)
    {
        var key = spec.Agent.Baked || spec.Engine.Source != EngineSource.PackagesRedisIo ? "" : AptKey.Shipped();
        return [.. Planner.Plan(spec, secrets).Select(plan =>
        {
            var userData = UserData.Write(plan, spec, key);
            return new NodeTexts(plan, userData, NoCloud.MetaData(plan, userData), NoCloud.NetworkConfig(plan, networkInterface));
        })];
    }
}
