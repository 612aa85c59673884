using RedisHaBake.Lab.Recording;

namespace RedisHaBake.Image.Tests;

/// <summary>The way without baking: a plain Debian disk and the text alone, packages over the network.</summary>
[Collection(SharedImage.Name)]
public class StockClusterTests(BakedImage image)
{
    [Fact]
    public async Task Three_plain_VMs_become_a_cluster_by_their_texts_alone()
    {
        await using var lab = await VmGround.TutorialAsync("stock-vm", image.Base, stock: true);
        await VmGround.ReadyAsync(lab, lab.Machines);
        await Convergence.WaitAsync(lab, lab.Plan.Nodes.Select(n => n.Name).ToList(), VmGround.RestLimit, TestContext.Current.CancellationToken);
        await Task.WhenAll(lab.Machines.Select(VmGround.AssertKernelAsync));
    }
}
