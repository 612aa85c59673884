using RedisHaBake.Cli.CloudInit;
using RedisHaBake.Cli.Secrets;
using RedisHaBake.Cli.Trial;
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
/// <param name="Problems">All that was found, each with its place.</param>
/// <param name="Spec">The spec; null where it is at fault.</param>
/// <param name="Secrets">The secrets; null where spec or secrets are at fault.</param>
/// <param name="SecretsPath">The secrets file's path; empty where the spec is at fault.</param>
/// <param name="SecretsMade">Whether passwords were made in this run (and written, where the run keeps them).</param>
/// <param name="SecretsExposed">Whether other accounts could read the secrets file before this run (and no longer can, where the run keeps secrets).</param>
/// <param name="Nodes">The texts, in the spec's order; empty where something is at fault.</param>
/// <param name="Missing">What <c>generate</c> would refuse of a spec that is good so far, where this run hands nothing out.</param>
public sealed record Generation(
    IReadOnlyDictionary<SourceFile, SpecSource> Sources,
    IReadOnlyList<Problem> Problems,
    ClusterSpec? Spec,
    ClusterSecrets? Secrets,
    string SecretsPath,
    bool SecretsMade,
    bool SecretsExposed,
    IReadOnlyList<NodeTexts> Nodes,
    IReadOnlyList<Problem> Missing)
{
    /// <summary>What should be known beside the problems, such as which lines no real program has read.</summary>
    public IReadOnlyList<Note> Notes { get; private init; } = [];

    /// <summary>Whether there are texts.</summary>
    public bool Succeeded => Nodes.Count > 0;

    /// <summary>Whether only warnings were found.</summary>
    public bool OnlyWarnings => Problems.Count > 0 && Problems.All(p => p.Severity == Severity.Warning);

    /// <summary>The ASCII-armoured key of packages.redis.io; empty where it is not used.</summary>
    internal string ArchiveKey { get; private init; } = "";

    /// <summary>The user-data that this run would have written for another spec, or with other addresses known, the secrets being the same.</summary>
    internal IEnumerable<(NodePlan Plan, string Text)> UserData(ClusterSpec spec, IReadOnlyDictionary<string, string> known)
        => Planner.Plan(spec, Secrets!, known).Select(plan => (plan, CloudInit.UserData.Write(plan, spec, ArchiveKey)));

    /// <summary>Reads <paramref name="specPath"/> and its secrets and writes the texts in memory.</summary>
    /// <param name="specPath">Path of cluster.yaml.</param>
    /// <param name="keepSecrets">Whether passwords made now are written to the secrets file, as a run that hands out texts must.</param>
    /// <param name="networkInterface">The interface for NoCloud's network-config where the machine's is known to differ from the spec's.</param>
    /// <param name="strict">Whether a warning stops the run before anything is written.</param>
    /// <param name="handsOut">Whether the texts leave the program, so that a stock VM's must know where the agent is.</param>
    /// <param name="variant">What the lab changes about a spec that was read; the rules hold for the result.</param>
    /// <param name="late">Addresses that came after the spec was written.</param>
    /// <param name="programs">Programs that read extra lines; null where nobody asks them.</param>
    /// <exception cref="IOException">The secrets file cannot be written.</exception>
    public static Generation Run(
        string specPath,
        bool keepSecrets = true,
        string? networkInterface = null,
        bool strict = false,
        bool handsOut = true,
        Func<ClusterSpec, ClusterSpec>? variant = null,
        LateAddresses? late = null,
        IPrograms? programs = null)
    {
        late ??= LateAddresses.None;
        var problems = new ProblemList();
        var source = YamlFile.Read(specPath, problems);
        var sources = new Dictionary<SourceFile, SpecSource> { [SourceFile.Spec] = source, [SourceFile.CommandLine] = late.Source };
        if (source.Root is null)
            return Failed(sources, problems.All);
        if (SpecReader.Read(source.Root, problems) is not { } spec)
            return Failed(sources, problems.All);
        spec = variant?.Invoke(spec) ?? spec;
        (spec, var filled) = late.Read(spec, problems);
        SpecRules.Check(filled, problems, source.Has, handsOut);
        var key = AptKey.For(spec, specPath, problems);

        var secretProblems = new ProblemList(SourceFile.Secrets);
        var path = SecretsFile.PathFor(specPath, spec);
        if (!SecretsPlace.Check(specPath, path, problems))
            return Failed(sources, [.. problems.All.Select(late.Placed)]);
        var file = SecretsFile.Read(path, spec, secretProblems);
        sources[SourceFile.Secrets] = file.Source;
        if (problems.IsSound(SpecPath.Of("app")) && problems.IsSound(SpecPath.Of("users")))
            SecretRules.Check(spec, file.Secrets, secretProblems, file.Source.Has, SecretsFile.IsExample(path));
        if (problems.HasErrors || secretProblems.HasErrors)
            return Failed(sources, [.. problems.All.Select(late.Placed), .. secretProblems.All]);

        var texts = Texts(spec, file.Secrets, late.Known, key, networkInterface ?? spec.Interface);
        SizeRules.Check(spec, texts, problems);
        var notes = programs is null || problems.HasErrors ? [] : new ExtraTrial(spec, programs, problems).Run(texts.Select(t => t.Plan));
        IReadOnlyList<Problem> all = [.. problems.All.Select(late.Placed), .. secretProblems.All];
        if (problems.HasErrors || (strict && all.Count > 0))
            return Failed(sources, all) with { Notes = notes };
        // Another run made the passwords while this one was at work: its texts and ours must carry the same.
        if (keepSecrets && !file.Keep(path, spec.Name))
            return Run(specPath, keepSecrets, networkInterface, strict, handsOut, variant, late, programs);
        return new(sources, Placed(all, sources), spec, file.Secrets, path, file.Made, file.Exposed, texts, handsOut ? [] : Placed(Refused(spec, source), sources)) { ArchiveKey = key, Notes = notes };
    }

    /// <summary>The errors of a spec that is not written yet; its warnings are for later.</summary>
    public static Generation OfText(string name, string text)
    {
        var problems = new ProblemList();
        var source = YamlFile.Parse(name, System.Text.Encoding.UTF8.GetBytes(text), problems);
        if (source.Root is not null && SpecReader.Read(source.Root, problems) is { } spec)
            SpecRules.Check(spec, problems, source.Has, handsOut: false);
        return Failed(new() { [SourceFile.Spec] = source }, [.. problems.All.Where(p => p.Severity == Severity.Error)]);
    }

    private static Generation Failed(Dictionary<SourceFile, SpecSource> sources, IReadOnlyList<Problem> problems)
        => new(sources, Placed(problems, sources), null, null, "", false, false, [], []);

    private static IReadOnlyList<Problem> Refused(ClusterSpec spec, SpecSource source)
    {
        var problems = new ProblemList();
        SpecRules.Check(spec, problems, source.Has, handsOut: true);
        return [.. problems.All.Where(p => p.Severity == Severity.Error)];
    }

    private static List<Problem> Placed(IReadOnlyList<Problem> problems, Dictionary<SourceFile, SpecSource> sources)
        => [.. problems.Select(p => p with { Span = p.Span ?? sources[p.File].Locate(p.Path) })];

    private static List<NodeTexts> Texts(ClusterSpec spec, ClusterSecrets secrets, IReadOnlyDictionary<string, string> known, string key, string networkInterface)
        => [.. Planner.Plan(spec, secrets, known).Select(plan =>
        {
            var userData = CloudInit.UserData.Write(plan, spec, key);
            return new NodeTexts(plan, userData, NoCloud.MetaData(plan, userData), NoCloud.NetworkConfig(plan, networkInterface));
        })];
}
