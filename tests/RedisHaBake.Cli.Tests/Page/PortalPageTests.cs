using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Fluent;
using RedisHaBake.Cli.CloudInit;
using RedisHaBake.Cli.Page;
using RedisHaBake.Samples;

namespace RedisHaBake.Cli.Tests.Page;

/// <summary>The page to paste from, as it is written. What it does in a browser is tried in one, elsewhere.</summary>
public sealed partial class PortalPageTests : SpecDirectory
{
    public static TheoryData<string> Examples => ExamplesTests.Examples;

    [Fact]
    public async Task Generate_writes_a_page_that_only_its_owner_can_read_and_names_it()
    {
        await Init();
        var run = await Run.Of("generate", Spec, "-o", Out);
        Assert.Contains($"{Out}/index.html: written\n", run.Error);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(Out, "index.html")));
        Assert.Equal(ExitCode.Good, (await Run.Of("generate", Spec, "-o", Out, "--check")).Code);
    }

    [Fact]
    public async Task A_page_changed_by_hand_is_refused_as_a_text_is()
    {
        await Init();
        await Run.Of("generate", Spec, "-o", Out);
        var page = Path.Combine(Out, "index.html");
        File.AppendAllText(page, "<!-- mine -->");
        Assert.Contains("index.html: changed by hand; would be refused", (await Run.Of("generate", Spec, "-o", Out, "--check")).Error);
        Assert.Contains("index.html: changed since redishabake wrote it", (await Run.Of("generate", Spec, "-o", Out)).Error);
        Assert.EndsWith("<!-- mine -->", File.ReadAllText(page));
    }

    [Theory]
    [MemberData(nameof(Examples))]
    public void No_secret_stands_in_the_page_but_in_the_parts_that_are_hidden(string example)
    {
        var generation = Generate(example);
        var page = PageDocument.Of(generation);
        var secrets = generation.Nodes.SelectMany(n => PastedText.Secrets(n.Plan)).Select(s => s.Mark).Distinct().ToList();
        Assert.NotEmpty(secrets);
        var seen = string.Concat(page.All("head, header, main").Select(e => e.OuterHtml).Concat(generation.Nodes.Select(n => page.Parts(n.Node).Plain)));
        Assert.All(secrets, s => Assert.DoesNotContain(s, seen));
        Assert.All(generation.Nodes, n => Assert.Equal(secrets.Order(), page.Parts(n.Node).Secret.Distinct().Order()));
    }

    [Theory]
    [MemberData(nameof(Examples))]
    public void The_page_loads_nothing_and_its_policy_lets_nothing_in(string example)
    {
        var page = PageDocument.Of(Generate(example));
        Assert.Empty(page.All("[src], link, img, iframe, object, embed, form, base, [onclick], [onload], svg [href], [style*=url]"));
        Assert.All(page.All("[href]"), e => Assert.StartsWith("#", e.GetAttribute("href")));
        Assert.Matches(@"^default-src 'none'; style-src 'sha256-[^']+'; script-src 'sha256-[^']+'; base-uri 'none'; form-action 'none'\z", page.All("meta[http-equiv=Content-Security-Policy]").Single().GetAttribute("content"));
        Assert.DoesNotMatch(Remote(), page.TextOf("style") + page.TextOf("script:not([type])"));
    }

    /// <summary>All that is read there, in the order in which a screen reader says it.</summary>
    [Theory]
    [InlineData("tutorial")]
    [InlineData("late")]
    [InlineData("private")]
    [InlineData("sentinels")]
    public void What_the_page_says(string example) => Snapshot.Match(PageDocument.Of(Generate(example)).Words, example);

    [Theory]
    [MemberData(nameof(Examples))]
    public void Every_id_stands_once_and_every_reference_finds_one(string example)
    {
        var page = PageDocument.Of(Generate(example));
        var ids = page.All("[id]").Select(e => e.Id!).ToList();
        Assert.Equal(ids.Distinct(), ids);
        foreach (var name in (string[])["aria-labelledby", "aria-describedby", "for"])
            Assert.All(page.All($"[{name}]").SelectMany(e => e.GetAttribute(name)!.Split(' ')), id => Assert.Contains(id, ids));
    }

    // The agent is another program; this is the journal of a real first boot, which a cluster test keeps true.
    [Fact]
    public void The_lines_to_expect_are_those_of_a_real_first_boot_in_its_order()
    {
        var said = File.ReadAllLines(Repository.At("tests", "RedisHaBake.Cluster.Tests", "StoryTests.The_journal_of_a_first_boot_reads_like_a_story.verified.txt"));
        var journal = said.TakeWhile(l => l.Length > 0).ToList();
        var join = said.SkipWhile(l => l.Length > 0).ToList();
        var plan = Generate("lab").Nodes[0].Plan;
        var at = -1;
        foreach (var line in FirstBoot.Lines(plan, UserData.PlanPath))
        {
            if (line.StartsWith("join: ", StringComparison.Ordinal))
            {
                Assert.Contains(line, join);
                continue;
            }

            var found = journal.FindIndex(at + 1, l => l == line || l.StartsWith(line + ", agent ", StringComparison.Ordinal));
            Assert.True(found > at, $"\"{line}\" is not in the journal of a first boot, or not in this order");
            at = found;
        }

        Assert.Equal(journal.Where(l => l.StartsWith("step ", StringComparison.Ordinal)).Select(l => l.Split(' ')[1]).Distinct(), FirstBoot.Steps(plan));
    }

    [Fact]
    public void Any_text_in_markup_stays_text() => Check.One(Config.QuickThrowOnFailure.WithMaxTest(500), Prop.ForAll(Texts(), text =>
    {
        var page = new PageDocument(Html.Of($"<!doctype html><body><p title=\"{text}\">{text}</p><i></i></body>").Markup);
        Assert.Equal(["p", "i"], page.All("body *").Select(e => e.LocalName));
        // What a parser makes of line ends and of a NUL is not ours to say.
        var expected = text.Replace("\r\n", "\n").Replace('\r', '\n');
        Assert.Equal(expected, page.TextOf("p"));
        Assert.Equal(expected, page.All("p").Single().GetAttribute("title"));
    }));

    private static Generation Generate(string example) => Generation.Run(Repository.At("cloud-init", example, "cluster.yaml"), keepSecrets: false);

    private static Arbitrary<string> Texts()
    {
        var any = ArbMap.Default.GeneratorFor<string>().Where(t => t is not null && !t.Contains('\0') && !t.Any(char.IsSurrogate));
        return Gen.OneOf(any, from a in any from b in Gen.Elements("</script>", "<!--", "-->", "\"", "' onload='x", "<b>", "&lt;", "&#60;", "]]>") from c in any select a + b + c).ToArbitrary();
    }

    [GeneratedRegex(@"https?:|url\(|@import|fetch\(|XMLHttpRequest|WebSocket|sendBeacon|innerHTML|insertAdjacentHTML|eval\(", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Remote();
}
