using PuppeteerSharp.Media;

namespace RedisHaBake.Page.Tests;

/// <summary>Nobody sees a password over a shoulder, on paper or in what the browser keeps.</summary>
public sealed class SecretTests(Chromium chromium)
{
    [Fact]
    public async Task Secrets_are_seen_only_once_asked_for_and_hidden_again()
    {
        using var cluster = await PageOfCluster.KnownAsync();
        var secrets = Secrets(cluster);
        await using var page = await OpenPage.OfAsync(chromium, cluster);
        Assert.Contains("This file contains the cluster’s passwords.", await page.SeenAsync());
        await page.AskAsync<object?>("document.querySelectorAll('details').forEach(d => d.open = true)");
        var seen = await page.SeenAsync();
        Assert.Contains("#cloud-config", seen);
        Assert.All(secrets, s => Assert.DoesNotContain(s, seen));

        await page.ClickAsync("[data-text='redis-a'] .reveal");
        Assert.Equal(await File.ReadAllTextAsync(Path.Combine(cluster.Out, "redis-a.user-data")), await page.AskAsync<string>("document.querySelector(\"[data-text='redis-a'] pre\").textContent"));
        seen = await page.SeenAsync("[data-text='redis-b'] pre");
        Assert.All(secrets, s => Assert.DoesNotContain(s, seen));
        await page.ClickAsync("[data-text='redis-a'] .reveal");
        seen = await page.SeenAsync();
        Assert.All(secrets, s => Assert.DoesNotContain(s, seen));
    }

    [Fact]
    public async Task Neither_paper_nor_what_the_browser_keeps_has_a_secret()
    {
        using var cluster = await PageOfCluster.LateAsync();
        var secrets = Secrets(cluster);
        await using var page = await OpenPage.OfAsync(chromium, cluster);
        await page.TypeAsync("redis-a", "10.10.90.37");
        await page.CopyAsync("redis-b");
        await page.ClickAsync("[data-text='redis-a'] .text summary");
        await page.ClickAsync("[data-text='redis-a'] .reveal");
        await page.ClickAsync("[data-step='vm-redis-a']");
        var kept = await page.AskAsync<string>("JSON.stringify(localStorage)");
        Assert.Contains("10.10.90.37", kept);
        await page.Page.EmulateMediaTypeAsync(MediaType.Print);
        await page.AskAsync<object?>("dispatchEvent(new Event('beforeprint'))");
        var printed = await page.SeenAsync();
        Assert.Contains("Create redis-b", printed);
        Assert.Contains("sudo redishabake-agent bootstrap --without NAME", printed);
        Assert.All(secrets, s => Assert.False(kept.Contains(s) || printed.Contains(s)));
        Assert.NotEmpty(await page.Page.PdfDataAsync());
    }

    private static List<string> Secrets(PageOfCluster cluster)
    {
        var generation = Cli.Generation.Run(cluster.Spec);
        return [.. generation.Nodes.SelectMany(n => Cli.Page.PastedText.Secrets(n.Plan)).Select(s => s.Mark).Distinct()];
    }
}
