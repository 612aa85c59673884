namespace RedisHaBake.Page.Tests;

/// <summary>The whole way without a mouse.</summary>
public sealed class KeyboardTests(Chromium chromium)
{
    [Fact]
    public async Task A_cluster_is_made_with_the_keyboard_alone()
    {
        using var cluster = await PageOfCluster.LateAsync();
        await using var page = await OpenPage.OfAsync(chromium, cluster);
        await page.Page.Keyboard.PressAsync("Tab");
        Assert.Equal("Skip to the steps", await page.SeenAsync(":focus"));
        await page.Page.Keyboard.PressAsync("Enter");

        await TabToAsync(page, "[data-text='redis-a'] .copy");
        await page.Page.Keyboard.PressAsync("Enter");
        await page.Page.WaitForFunctionAsync("() => document.querySelector(\"[data-text='redis-a'] .said\").textContent !== ''");
        Assert.True(await page.AskAsync<bool>("document.activeElement.matches(\"[data-text='redis-a'] .copy\")"));
        await TabToAsync(page, "[data-field='redis-a']");
        await page.Page.Keyboard.TypeAsync("10.10.90.37");
        await TabToAsync(page, "[data-step='vm-redis-b']");
        await page.Page.Keyboard.PressAsync("Space");
        Assert.Equal("1 of 7 done", await page.SeenAsync("#progress"));
        await TabToAsync(page, "[data-text='redis-b'] .text summary");
        await page.Page.Keyboard.PressAsync("Enter");
        await TabToAsync(page, "[data-text='redis-b'] .reveal");
        await page.Page.Keyboard.PressAsync("Space");
        Assert.Equal(await cluster.TextAsync("redis-b", "--known", "redis-a=10.10.90.37"), await page.AskAsync<string>("document.querySelector(\"[data-text='redis-b'] pre\").textContent"));
    }

    [Fact]
    public async Task The_keyboards_place_is_always_seen_and_goes_with_the_page()
    {
        using var cluster = await PageOfCluster.LateAsync();
        await using var page = await OpenPage.OfAsync(chromium, cluster);
        var last = -1;
        for (var i = 0; i < 200; i++)
        {
            await page.Page.Keyboard.PressAsync("Tab");
            var (at, seen) = (await page.AskAsync<int>("[...document.querySelectorAll('*')].indexOf(document.activeElement)"), await page.AskAsync<bool>(
                "(() => { const e = document.activeElement, s = getComputedStyle(e); return e === document.body || (s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2); })()"));
            Assert.True(seen, await page.AskAsync<string>("document.activeElement.outerHTML.slice(0, 200)"));
            if (at < last)
                return;
            last = at;
        }

        Assert.Fail("200 times Tab did not come to the page's end");
    }

    private static async Task TabToAsync(OpenPage page, string selector)
    {
        for (var i = 0; i < 60; i++)
        {
            await page.Page.Keyboard.PressAsync("Tab");
            if (await page.Page.EvaluateFunctionAsync<bool>("s => document.activeElement.matches(s)", selector))
                return;
        }

        Assert.Fail($"60 times Tab did not come to {selector}");
    }
}
