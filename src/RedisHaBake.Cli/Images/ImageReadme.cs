using RedisHaBake.Model.Plan;
using RedisHaBake.Model.Spec;

namespace RedisHaBake.Cli.Images;

/// <summary>What stands beside the variable files: which image for which VM, and how to get there.</summary>
internal static class ImageReadme
{
    /// <summary>The text, in Markdown.</summary>
    public static string Text(ClusterSpec spec, IReadOnlyList<NodePlan> plans, IReadOnlyList<ImageRole> images)
    {
        var rows = images.Select(image =>
        {
            var nodes = plans.Where(p => ImageRole.For(p.Self) == image).Select(p => p.Node).ToList();
            return $"| `{image.Word}.pkrvars.hcl` | {image.What} | {(nodes.Count > 0 ? string.Join(", ", nodes) : "none")} |";
        });
        var first = images[0].Word;
        var name = $"redishabake-{first}-{spec.Os.Suite}";
        return $"""
            # Images for the cluster {spec.Name}

            Made by `redishabake image` for {spec.Os.Name} with {spec.Engine.Kind} {spec.Engine.Major}. No secret is in here, nor in an image: a VM becomes its node by
            the text that is pasted.

            | variables | a VM of it runs | VMs |
            |---|---|---|
            {string.Join('\n', rows)}

            Build, in a clone of RedisHaBake as root (its `images/README.md` says more: Packer by hand, OpenStack):

                make image ROLE={first} VARS={first}.pkrvars.hcl BASE=a-cloud-image.qcow2

            `make image` looks the result through before it gives it out. To look again later:

                make image-check IMAGE={name}.qcow2

            Then write the texts{(spec.Agent.Baked ? "" : " (with `baked: true` in the spec)")}, checked against the images that the VMs boot:

                redishabake generate cluster.yaml{string.Concat(images.Select(i => $" --image redishabake-{i.Word}-{spec.Os.Suite}.json"))}

            """.ReplaceLineEndings("\n");
    }
}
