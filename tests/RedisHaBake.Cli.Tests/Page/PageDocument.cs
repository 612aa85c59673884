using System.Text.Json.Nodes;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using RedisHaBake.Cli.Page;

namespace RedisHaBake.Cli.Tests.Page;

/// <summary>A page as a browser's parser reads it.</summary>
internal sealed class PageDocument(string page)
{
    private readonly IHtmlDocument document = new HtmlParser().ParseDocument(page);

    public static PageDocument Of(Generation generation) => new(PortalPage.Write(generation));

    /// <summary>Every element with the names of its attributes, in order: what a text must never change.</summary>
    public string Shape => string.Join('\n', document.All.Select(e => $"{e.LocalName} {string.Join(' ', e.Attributes.Select(a => a.LocalName))}"));

    /// <summary>What a person reads, a line per heading, sentence, choice or cell.</summary>
    public string Words => string.Concat(document.QuerySelectorAll("header *, main *")
        .Where(e => e.Matches("h1, h2, h3, p, dt, dd, li > code, summary, th, td, pre, label, button, svg, svg text") && e.TextContent.Trim().Length > 0)
        .Select(e => $"{e.LocalName,-8} {(e.LocalName == "svg" ? $"{e.QuerySelector("title")!.TextContent}: {e.QuerySelector("desc")!.TextContent}" : string.Join(e.LocalName == "pre" ? "\n         " : " ", e.TextContent.Trim().Split('\n').Select(l => l.Trim()))).Trim()}\n"));

    public JsonNode Data => JsonNode.Parse(document.GetElementById("data")!.TextContent)!;

    public IHtmlCollection<IElement> All(string selector) => document.QuerySelectorAll(selector);

    public string TextOf(string selector) => document.QuerySelector(selector)!.TextContent;

    /// <summary>The parts of a node's text that nobody may see, and the others put together.</summary>
    public (IReadOnlyList<string> Secret, string Plain) Parts(string node)
    {
        var parts = Data["texts"]![node]!.AsArray().SelectMany(t => t!["parts"]!.AsArray()).ToList();
        return ([.. parts.Where(p => p is JsonObject o && o.ContainsKey("secret")).Select(p => (string)p!["secret"]!)], string.Concat(parts.Where(p => p is JsonValue).Select(p => (string)p!)));
    }
}
