using FsCheck;
using FsCheck.Fluent;
using RedisHaBake.Cli;
using RedisHaBake.Model.Spec;

namespace RedisHaBake.Page.Tests;

/// <summary>An address is checked as it is typed, in the words that `generate --known` would say.</summary>
public sealed class AddressFieldTests(Chromium chromium)
{
    private static readonly string[] Fields = ["redis-a", "redis-b", "redis-c", "addresses.write", "addresses.read"];

    [Fact]
    public async Task A_wrong_address_is_said_and_no_text_is_copied()
    {
        using var cluster = await PageOfCluster.LateAsync();
        await using var page = await OpenPage.OfAsync(chromium, cluster);
        var before = await page.CopyAsync("redis-a");
        await page.TypeAsync("redis-a", "10.10.91.37");
        const string Said = "10.10.91.37 is outside 10.10.90.0/24; expected an address of 10.10.90.1 to 10.10.90.254. "
            + "To do: correct the address of redis-a, or `cidr` if the nodes' network is another.";
        Assert.Equal(Said, await page.SeenAsync("#late-redis-a-problem"));
        Assert.Equal("true", await page.AskAsync<string>("document.querySelector('[data-field=redis-a]').getAttribute('aria-invalid')"));
        await page.ClickAsync("[data-text='redis-b'] .copy");
        Assert.Equal("Not copied: " + Said, await page.SeenAsync("[data-text='redis-b'] .said"));
        Assert.Equal(before, await page.PasteAsync());

        await page.TypeAsync("redis-a", "10.10.90.37");
        Assert.Equal("", await page.SeenAsync("#late-redis-a-problem"));
        Assert.Equal(await cluster.TextAsync("redis-b", "--known", "redis-a=10.10.90.37"), await page.CopyAsync("redis-b"));
    }

    [Fact]
    public async Task A_node_may_be_called_like_a_word_of_the_pages_own_language()
    {
        using var cluster = await PageOfCluster.BuiltInNameAsync();
        await using var page = await OpenPage.OfAsync(chromium, cluster);
        Assert.Equal(await cluster.TextAsync("constructor"), await page.CopyAsync("constructor"));
        await page.TypeAsync("constructor", "10.10.90.37");
        Assert.Equal("", await page.SeenAsync("#late-constructor-problem"));
        Assert.Equal(await cluster.TextAsync("redis-b", "--known", "constructor=10.10.90.37"), await page.CopyAsync("redis-b"));
    }

    [Fact]
    public async Task An_address_that_is_not_finished_yet_is_let_be_until_it_is_left()
    {
        using var cluster = await PageOfCluster.LateAsync();
        await using var page = await OpenPage.OfAsync(chromium, cluster);
        await page.ClickAsync("[data-field='redis-a']");
        foreach (var c in "10.10.90.37")
        {
            await page.Page.Keyboard.TypeAsync(c.ToString());
            Assert.Equal("", await page.SeenAsync("#late-redis-a-problem"));
        }

        await page.Page.Keyboard.TypeAsync("x");
        Assert.StartsWith("`nodes[0].address` is \"10.10.90.37x\"; expected an IPv4 address.", await page.SeenAsync("#late-redis-a-problem"));
        await page.TypeAsync("redis-a", "10.10.");
        Assert.StartsWith("`nodes[0].address` is \"10.10.\"; expected an IPv4 address.", await page.SeenAsync("#late-redis-a-problem"));
    }

    [Fact]
    public async Task Whatever_is_typed_the_page_says_what_generate_says()
    {
        using var cluster = await PageOfCluster.LateAsync();
        await using var page = await OpenPage.OfAsync(chromium, cluster);
        foreach (var typed in Gen.Sample(Typed(), 150))
        {
            var said = await page.Page.EvaluateFunctionAsync<string[][]>(
                """
                typed => {
                  const fields = [...document.querySelectorAll("[data-field]")];
                  for (const field of fields) {
                    field.value = typed[field.dataset.field] ?? "";
                    field.dispatchEvent(new Event("input"));
                    field.dispatchEvent(new Event("blur"));
                  }
                  return fields.map(f => [...document.getElementById(f.id + "-problem").children].map(p => p.textContent)).filter(p => p.length > 0);
                }
                """,
                typed);
            var late = new LateAddresses([.. Fields.Take(3).Where(typed.ContainsKey).Select(f => $"{f}={typed[f]}")], typed.GetValueOrDefault(Fields[3]), typed.GetValueOrDefault(Fields[4]));
            var expected = Generation.Run(cluster.Spec, late: late).Problems.GroupBy(p => p.Span!.Value.Line, p => $"{p.Title}; {p.Expected}. To do: {p.Action}.").OrderBy(g => g.Key);
            Assert.Equal(
                $"{string.Join(", ", typed)}\n{Together(expected)}",
                $"{string.Join(", ", typed)}\n{Together(said)}");
        }

        static string Together(IEnumerable<IEnumerable<string>> fields) => string.Join('\n', fields.Select(f => string.Join(' ', f.Order(StringComparer.Ordinal))));
    }

    // Of each field an address that few others have, one of a few that they may share, or something else.
    private static Gen<Dictionary<string, string>> Typed() =>
        from fields in Gen.SubListOf(Fields)
        from texts in Gen.ListOf(Text(), Fields.Length)
        select fields.Zip(texts).ToDictionary(t => t.First, t => t.Second);

    private static Gen<string> Text() => Gen.OneOf(
        from last in Gen.Choose(2, 254) select $"10.10.90.{last}",
        Gen.Elements("10.10.90.37", "10.10.90.38"),
        Gen.Elements("10.10.90.0", "10.10.90.255", "10.10.90.1", "10.10.91.5", "10.10.91.6", "8.8.8.8", "255.255.255.255"),
        Gen.Elements("10.10.90", "10.10.90.300", "10.10.90.037", "10.10.90.3 7", "::1", "ten", "10.10.90.37/24", "\"><b>", "{}", "$&", "0", "1.2.3.4.", "٣.٣.٣.٣", new string('1', 80)));
}
