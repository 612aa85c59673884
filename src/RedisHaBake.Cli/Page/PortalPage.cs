using System.Security.Cryptography;
using System.Text;
using RedisHaBake.Cli.Files;

namespace RedisHaBake.Cli.Page;

/// <summary>
/// The page that an operator pastes from: one file that needs no network and sends nothing anywhere. It holds every text whole, so it is as
/// private as they are. Byte-stable like them.
/// </summary>
internal static class PortalPage
{
    /// <summary>Its name in the output directory.</summary>
    public const string FileName = "index.html";

    private const string Resources = "RedisHaBake.Cli.Resources.page.";

    /// <summary>The page of what <paramref name="generation"/> made.</summary>
    public static string Write(Generation generation)
    {
        var spec = generation.Spec!;
        var late = LateFields.Of(generation);
        var style = Resource("page.css");
        var script = Resource("page.js");
        var steps = PageSteps.Of(generation, late).ToList();
        return Html.Of($"""
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <meta name="referrer" content="no-referrer">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'sha256-{Hash(style)}'; script-src 'sha256-{Hash(script)}'; base-uri 'none'; form-action 'none'">
            <title>{spec.Name} – RedisHaBake</title>
            <style>{new Html(style)}</style>
            </head>
            <body>
            <a class="skip" href="#steps">Skip to the steps</a>
            {PageHead.Of(generation, late)}
            <main>
            {PageOverview.Of(generation, late)}
            <section aria-labelledby="steps">
            <div class="section-head"><h2 id="steps" tabindex="-1">Steps</h2><p id="progress" role="status"></p></div>
            <noscript><p class="note">This browser runs no scripts, so the buttons do nothing. The same texts are the files <code>NAME.user-data</code> beside this one.</p></noscript>
            <ol class="steps">
            {Html.Join(steps.Select(s => s.Item()))}</ol>
            </section>
            {PageTroubles.Of(generation, late)}
            </main>
            <script type="application/json" id="data">{new Html(PageData.Write(generation, late))}</script>
            <script>{new Html(script)}</script>
            </body>
            </html>

            """).Markup;
    }

    /// <summary>The same as a file of the output directory.</summary>
    public static OutFile File(Generation generation) => new(FileName, Write(generation), AtomicFile.Private);

    // What the content security policy lets in: these two by their hash, and nothing that might get into the page by another way.
    private static string Hash(string text) => Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static string Resource(string name)
    {
        using var stream = typeof(PortalPage).Assembly.GetManifestResourceStream(Resources + name)
            ?? throw new InvalidDataException($"the resource {Resources}{name} is missing from this build");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
