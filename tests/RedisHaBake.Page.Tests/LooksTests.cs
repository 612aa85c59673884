using Deque.AxeCore.Commons;

namespace RedisHaBake.Page.Tests;

/// <summary>The page on any screen, and for who cannot see it.</summary>
public sealed class LooksTests(Chromium chromium)
{
    /// <summary>What axe-core looks for: everything, its best practices included.</summary>
    [Theory]
    [InlineData("late", 1100, false)]
    [InlineData("late", 1100, true)]
    [InlineData("late", 360, false)]
    [InlineData("late", 360, true)]
    [InlineData("known", 1100, false)]
    [InlineData("many", 1100, false)]
    [InlineData("many", 320, true)]
    public async Task An_accessibility_checker_finds_nothing(string kind, int width, bool dark)
    {
        using var cluster = await PageOfCluster.OfKindAsync(kind);
        await using var page = await OpenPage.OfAsync(chromium, cluster, width, dark: dark);
        Assert.Equal("", await FindingsAsync(page));
        await page.AskAsync<object?>("document.querySelectorAll('details').forEach(d => d.open = true)");
        await page.ClickAsync(".reveal");
        await page.ClickAsync("[data-step]");
        if (kind == "late")
        {
            await page.TypeAsync("redis-a", "10.10.90.37");
            await page.TypeAsync("redis-b", "10.10.90.255");
        }

        await page.ClickAsync(".copy");
        await page.Page.WaitForFunctionAsync("() => document.querySelector('.said').textContent !== ''");
        Assert.Equal("", await FindingsAsync(page));
    }

    [Theory]
    [InlineData("late", 320)]
    [InlineData("late", 390)]
    [InlineData("late", 700)]
    [InlineData("late", 1600)]
    [InlineData("many", 320)]
    [InlineData("many", 1100)]
    public async Task Nothing_stands_out_to_the_side_and_the_picture_can_be_read(string kind, int width)
    {
        using var cluster = await PageOfCluster.OfKindAsync(kind);
        await using var page = await OpenPage.OfAsync(chromium, cluster, width);
        await page.AskAsync<object?>("document.querySelectorAll('details').forEach(d => d.open = true)");
        Assert.Equal(width, await page.AskAsync<int>("document.documentElement.scrollWidth"));
        Assert.Equal(width < 640 ? "narrow" : "wide", await page.AskAsync<string>("[...document.querySelectorAll('.picture')].filter(p => p.getClientRects().length).map(p => p.classList[1]).join()"));
        // No letter smaller than 10 pixels, on the smallest screen 9.
        Assert.InRange(
            await page.AskAsync<double>("Math.min(...[...document.querySelectorAll('.picture')].filter(p => p.getClientRects().length).map(p => p.getBoundingClientRect().width / p.viewBox.baseVal.width * 12.5))"),
            width > 320 ? 10 : 9,
            25);
    }

    [Fact]
    public async Task Dark_is_dark_and_light_is_light()
    {
        using var cluster = await PageOfCluster.KnownAsync();
        await using var light = await OpenPage.OfAsync(chromium, cluster);
        await using var dark = await OpenPage.OfAsync(chromium, cluster, dark: true);
        Assert.InRange(await Brightness(light), 230, 255);
        Assert.InRange(await Brightness(dark), 0, 40);

        static Task<double> Brightness(OpenPage page) => page.AskAsync<double>("getComputedStyle(document.body).backgroundColor.match(/[0-9]+/g).slice(0, 3).reduce((s, c) => s + Number(c), 0) / 3");
    }

    [Fact]
    public async Task The_picture_says_in_words_what_it_shows()
    {
        using var cluster = await PageOfCluster.KnownAsync();
        await using var page = await OpenPage.OfAsync(chromium, cluster);
        var words = await page.AskAsync<string>("document.querySelector('.picture.wide desc').textContent");
        Assert.Contains("redis-a runs Redis, Sentinel, HAProxy and is the first master; redis-b runs Redis, Sentinel, HAProxy;", words);
    }

    private static async Task<string> FindingsAsync(OpenPage page)
    {
        await page.Page.EvaluateExpressionAsync(new BundledAxeScriptProvider().GetScript());
        return await page.Page.EvaluateExpressionAsync<string>(
            "axe.run().then(r => r.violations.flatMap(v => v.nodes.map(n => `${v.id}: ${v.help}: ${n.html.slice(0, 160)} ${n.failureSummary}`)).join('\\n'))");
    }
}
