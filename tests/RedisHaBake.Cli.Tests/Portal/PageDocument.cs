using System.Text.Json.Nodes;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using RedisHaBake.Cli.Portal;

namespace RedisHaBake.Cli.Tests.Portal;

/// <summary>A page as a browser's parser reads it.</summary>
internal sealed class PageDocument(string page)
{
    private readonly IHtmlDocument document = new HtmlParser().ParseDocument(page);

    public static PageDocument Of(Generation generation) => new(PortalPage.Write(generation));

    /// <summary>Every element with the names of its attributes, in order: what a text must never change.</summary>
    public string Shape => string.Join('\n', document.All.Select(e => $"{e.LocalName} {string.Join(' ', e.Attributes.Select(a => a.LocalName))}"));

    public JsonNode Data => JsonNode.Parse(document.GetElementById("data")!.TextContent)!;

    public IHtmlCollection<IElement> All(string selector) => document.QuerySelectorAll(selector);

    public string TextOf(string selector) => document.QuerySelector(selector)!.TextContent;

    /// <summary>The text to paste of a node, put together from its parts.</summary>
    public string Pasted(string node) => string.Concat(Data["texts"]![node]!.AsArray().Select(p => p is JsonObject part ? (string?)part["secret"] : (string?)p));
}
