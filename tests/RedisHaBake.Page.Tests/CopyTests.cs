namespace RedisHaBake.Page.Tests;

/// <summary>The text that gets to the portal is the generator's, byte for byte.</summary>
public sealed class CopyTests(Chromium chromium)
{
    [Fact]
    public async Task The_button_copies_what_generate_wrote()
    {
        using var cluster = await PageOfCluster.KnownAsync();
        await using var page = await OpenPage.OfAsync(chromium, cluster);
        foreach (var node in (string[])["redis-a", "redis-b", "redis-c"])
            Assert.Equal(await File.ReadAllTextAsync(Path.Combine(cluster.Out, node + ".user-data")), await page.CopyAsync(node));
        Assert.Matches("^Copied, [0-9],[0-9]{3} bytes[.] Paste it into the user-data of redis-a[.]$", await page.SeenAsync("[data-text='redis-a'] .said"));
        Assert.Equal([cluster.Url], page.Requests);
    }

    [Fact]
    public async Task A_typed_address_makes_the_text_that_generate_writes_with_it_known()
    {
        using var cluster = await PageOfCluster.LateAsync();
        await using var page = await OpenPage.OfAsync(chromium, cluster);
        Assert.Equal(await cluster.TextAsync("redis-a"), await page.CopyAsync("redis-a"));
        await page.TypeAsync("redis-a", "10.10.90.37");
        string[] known = ["--known", "redis-a=10.10.90.37"];
        Assert.Equal("It names redis-a, 10.10.90.37.", await page.SeenAsync("[data-text='redis-b'] .knows"));
        Assert.Equal(await cluster.TextAsync("redis-b", known), await page.CopyAsync("redis-b"));
        Assert.Equal(await cluster.TextAsync("redis-c", known), await page.CopyAsync("redis-c"));
        Assert.Equal(await cluster.TextAsync("redis-a", known), await page.CopyAsync("redis-a"));

        await page.TypeAsync("redis-c", "10.10.90.147");
        await page.TypeAsync("addresses.read", "10.10.90.50");
        known = [.. known, "--known", "redis-c=10.10.90.147", "--read", "10.10.90.50"];
        foreach (var node in (string[])["redis-a", "redis-b", "redis-c"])
            Assert.Equal(await cluster.TextAsync(node, known), await page.CopyAsync(node));
        Assert.Contains("10.10.90.50:6379", await page.AskAsync<string>("document.querySelector('.picture.wide').textContent"));
    }

    [Fact]
    public async Task A_text_that_lacks_the_way_out_is_not_copied_before_its_address_is_typed()
    {
        using var cluster = await PageOfCluster.PrivateAsync();
        await using var page = await OpenPage.OfAsync(chromium, cluster);
        Assert.Equal(["redis-b", "redis-a", "redis-c"], await page.AskAsync<string[]>("[...document.querySelectorAll('[data-text]')].map(place => place.dataset.text)"));
        Assert.Equal("redis-a installs through redis-b. Type the address of redis-b, in its step, before you copy this.", await page.SeenAsync("[data-text='redis-a'] .knows"));
        Assert.Equal("true", await page.AskAsync<string>("document.querySelector(\"[data-text='redis-a'] .copy\").getAttribute('aria-disabled')"));
        await page.ClickAsync("[data-text='redis-a'] .copy");
        Assert.StartsWith("Not copied: redis-a installs through redis-b.", await page.SeenAsync("[data-text='redis-a'] .said"));

        Assert.Equal(await cluster.TextAsync("redis-b"), await page.CopyAsync("redis-b"));
        await page.TypeAsync("redis-a", "10.10.90.37");
        Assert.Equal("true", await page.AskAsync<string>("document.querySelector(\"[data-text='redis-c'] .copy\").getAttribute('aria-disabled')"));
        await page.TypeAsync("redis-b", "10.10.90.227");
        string[] known = ["--known", "redis-a=10.10.90.37", "--known", "redis-b=10.10.90.227"];
        foreach (var node in (string[])["redis-a", "redis-b", "redis-c"])
            Assert.Equal(await cluster.TextAsync(node, known), await page.CopyAsync(node));
    }

    [Fact]
    public async Task Addresses_that_generate_knew_stand_in_the_fields_and_in_the_texts()
    {
        using var cluster = await PageOfCluster.LateAsync();
        await cluster.GenerateAsync("--known", "redis-b=10.10.90.227");
        await using var page = await OpenPage.OfAsync(chromium, cluster);
        Assert.Equal("10.10.90.227", await page.AskAsync<string>("document.querySelector('[data-field=redis-b]').value"));
        Assert.Equal(await File.ReadAllTextAsync(Path.Combine(cluster.Out, "redis-c.user-data")), await page.CopyAsync("redis-c"));
        await page.TypeAsync("redis-b", "");
        Assert.Equal(await cluster.TextAsync("redis-c"), await page.CopyAsync("redis-c"));
    }

    [Fact]
    public async Task A_text_that_is_marked_and_copied_by_hand_is_the_whole_one_though_its_secrets_are_hidden()
    {
        using var cluster = await PageOfCluster.KnownAsync();
        await using var page = await OpenPage.OfAsync(chromium, cluster);
        await page.ClickAsync("[data-text='redis-b'] .text summary");
        await page.AskAsync<object?>("getSelection().selectAllChildren(document.querySelector(\"[data-text='redis-b'] pre\"))");
        await page.Page.Keyboard.DownAsync("Control");
        await page.Page.Keyboard.DownAsync("c", new() { Commands = ["Copy"] });
        await page.Page.Keyboard.UpAsync("c");
        await page.Page.Keyboard.UpAsync("Control");
        Assert.Equal(await File.ReadAllTextAsync(Path.Combine(cluster.Out, "redis-b.user-data")), await page.PasteAsync());
    }

    [Fact]
    public async Task A_browser_without_the_clipboards_interface_copies_all_the_same()
    {
        using var cluster = await PageOfCluster.KnownAsync();
        await using var page = await OpenPage.OfAsync(chromium, cluster, before: "Object.defineProperty(Navigator.prototype, 'clipboard', { get: () => undefined })");
        Assert.Equal(await File.ReadAllTextAsync(Path.Combine(cluster.Out, "redis-a.user-data")), await page.CopyAsync("redis-a"));
    }
}
