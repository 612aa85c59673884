namespace RedisHaBake.Page.Tests;

/// <summary>Creating three VMs takes a while, and a browser does not stay open all the time.</summary>
public sealed class MemoryTests(Chromium chromium)
{
    [Fact]
    public async Task Check_marks_and_addresses_survive_a_reload()
    {
        using var cluster = await PageOfCluster.LateAsync();
        await using var page = await OpenPage.OfAsync(chromium, cluster);
        Assert.Equal("0 of 7 done", await page.SeenAsync("#progress"));
        await page.ClickAsync("[data-step='vm-redis-a']");
        await page.TypeAsync("redis-a", "10.10.90.37");
        await page.Page.ReloadAsync();
        Assert.Equal("1 of 7 done", await page.SeenAsync("#progress"));
        Assert.True(await page.AskAsync<bool>("document.querySelector(\"[data-step='vm-redis-a']\").checked"));
        Assert.Equal(await cluster.TextAsync("redis-b", "--known", "redis-a=10.10.90.37"), await page.CopyAsync("redis-b"));

        // Written anew, the page still knows: passwords and so the cluster are the same.
        await cluster.GenerateAsync();
        await page.Page.ReloadAsync();
        Assert.Equal("1 of 7 done", await page.SeenAsync("#progress"));
    }

    [Fact]
    public async Task What_generate_knows_later_goes_before_what_was_typed()
    {
        using var cluster = await PageOfCluster.LateAsync();
        await using var page = await OpenPage.OfAsync(chromium, cluster);
        await page.TypeAsync("redis-a", "10.10.90.37");
        await cluster.GenerateAsync("--known", "redis-a=10.10.90.38");
        await page.Page.ReloadAsync();
        Assert.Equal("10.10.90.38", await page.AskAsync<string>("document.querySelector('[data-field=redis-a]').value"));
    }

    [Fact]
    public async Task Another_clusters_page_begins_anew()
    {
        using var cluster = await PageOfCluster.LateAsync();
        using var other = await PageOfCluster.LateAsync();
        await using var page = await OpenPage.OfAsync(chromium, cluster);
        await page.ClickAsync("[data-step='vm-redis-a']");
        await page.Page.GoToAsync(other.Url);
        Assert.Equal("0 of 7 done", await page.SeenAsync("#progress"));
    }

    [Fact]
    public async Task A_browser_that_keeps_nothing_works_all_the_same()
    {
        using var cluster = await PageOfCluster.LateAsync();
        await using var page = await OpenPage.OfAsync(chromium, cluster, before: "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('denied', 'SecurityError'); } })");
        await page.ClickAsync("[data-step='vm-redis-a']");
        await page.TypeAsync("redis-a", "10.10.90.37");
        Assert.Equal("1 of 7 done", await page.SeenAsync("#progress"));
        Assert.Equal(await cluster.TextAsync("redis-b", "--known", "redis-a=10.10.90.37"), await page.CopyAsync("redis-b"));
    }

    [Fact]
    public async Task A_second_VMs_text_that_names_nobody_is_warned_of()
    {
        using var cluster = await PageOfCluster.LateAsync();
        await using var page = await OpenPage.OfAsync(chromium, cluster);
        Assert.Equal("It names no other VM, which is right for the first that you create.", await page.SeenAsync("[data-text='redis-b'] .knows"));
        await page.CopyAsync("redis-a");
        Assert.Equal("It names no other VM. Type the address of one that you created, in its step, before you copy this.", await page.SeenAsync("[data-text='redis-b'] .knows"));
        Assert.Equal("It names no other VM, which is right for the first that you create.", await page.SeenAsync("[data-text='redis-a'] .knows"));
        await page.TypeAsync("redis-b", "10.10.90.227");
        Assert.EndsWith("It has changed since you copied it; a VM that runs needs nothing of that.", await page.SeenAsync("[data-text='redis-a'] .knows"));
    }
}
