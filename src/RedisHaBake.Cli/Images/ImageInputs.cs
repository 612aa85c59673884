using System.Text;
using RedisHaBake.Cli.CloudInit;
using RedisHaBake.Cli.Files;
using RedisHaBake.Model.Plan;
using RedisHaBake.Model.Render;
using RedisHaBake.Model.Spec;

namespace RedisHaBake.Cli.Images;

/// <summary>What `redishabake image` writes: a Packer variable file per kind of image that a spec's nodes need, and how to use them.</summary>
internal static class ImageInputs
{
    /// <summary>The files. None holds a secret.</summary>
    /// <param name="spec">The spec.</param>
    /// <param name="plans">Its nodes' plans.</param>
    /// <param name="aptKey">The key of packages.redis.io; empty where it is not used.</param>
    /// <param name="also">Kinds of image beside those that the nodes need.</param>
    public static IReadOnlyList<OutFile> Files(ClusterSpec spec, IReadOnlyList<NodePlan> plans, string aptKey, IReadOnlyList<ImageRole> also)
    {
        var images = Images(plans, also);
        return
        [
            .. images.Select(image => new OutFile(image.Word + ".pkrvars.hcl", Variables(image, spec, plans[0], aptKey), AtomicFile.Shared)),
            new("README.md", ImageReadme.Text(spec, plans, images), AtomicFile.Shared),
        ];
    }

    /// <summary>The kinds of image, in the order of the nodes that need them.</summary>
    public static IReadOnlyList<ImageRole> Images(IReadOnlyList<NodePlan> plans, IReadOnlyList<ImageRole> also)
        => [.. plans.Select(p => ImageRole.For(p.Self)).Concat(also).Distinct()];

    private static string Variables(ImageRole image, ClusterSpec spec, NodePlan any, string aptKey)
    {
        // Settings and archive are the cluster's: as for a node that is all that the image serves.
        var plan = any with { Node = "image", Nodes = [new("image", Words.Auto, image.Roles)] };
        var text = new StringBuilder()
            .Append($"# Packer's variables for VMs of cluster {spec.Name} that run {image.What}; made by redishabake.\n")
            .Append($"role         = {Hcl.Quote(image.Word)}\n")
            .Append($"suite        = {Hcl.Quote(spec.Os.Suite)}\n")
            .Append($"engine       = {Hcl.Quote(spec.Engine.Kind.ToString().ToLowerInvariant())}\n")
            .Append($"engine_major = {spec.Engine.Major}\n")
            .Append("files = {\n");
        foreach (var (path, content) in Baked(plan, spec, aptKey))
            text.Append($"  {Hcl.Quote(path)} = {Hcl.Lines(content)}");
        return text.Append("}\n").ToString();
    }

    // The agent writes the same kernel settings; baked in they hold before it runs, and it finds nothing to do.
    private static IEnumerable<(string Path, string Content)> Baked(NodePlan plan, ClusterSpec spec, string aptKey)
    {
        yield return (SysctlConf.Path, SysctlConf.Render(plan));
        yield return (HugepagesConf.Path, HugepagesConf.Render(plan));
        foreach (var file in Installation.Archive(plan, spec, aptKey))
            yield return (file.Path, file.Content);
    }
}
