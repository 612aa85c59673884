using PuppeteerSharp;
using PuppeteerSharp.Input;

namespace RedisHaBake.Page.Tests;

/// <summary>A page in a window of its own, handled as a person does: by mouse and keyboard. What the browser complains about fails the test.</summary>
public sealed class OpenPage : IAsyncDisposable
{
    private readonly IBrowserContext _window;
    private readonly List<string> _complaints = [];
    private readonly List<string> _requests = [];

    private OpenPage(IBrowserContext window, IPage page)
    {
        _window = window;
        Page = page;
        page.Console += (_, e) => _complaints.Add(e.Message.Text);
        page.PageError += (_, e) => _complaints.Add(e.Message);
        page.Request += (_, e) => _requests.Add(e.Request.Url);
    }

    public IPage Page { get; }

    /// <summary>Everything that the page asked a network or a disk for.</summary>
    public IReadOnlyList<string> Requests => _requests;

    public static async Task<OpenPage> OfAsync(Chromium chromium, PageOfCluster cluster, int width = 1100, int height = 900, bool dark = false, string before = "")
    {
        var window = await chromium.WindowAsync();
        var page = await window.NewPageAsync();
        await page.SetViewportAsync(new ViewPortOptions { Width = width, Height = height });
        await page.EmulateMediaFeaturesAsync([new MediaFeatureValue { MediaFeature = MediaFeature.PrefersColorScheme, Value = dark ? "dark" : "light" }]);
        if (before.Length > 0)
            await page.EvaluateExpressionOnNewDocumentAsync(before);
        var open = new OpenPage(window, page);
        await page.GoToAsync(cluster.Url);
        return open;
    }

    public async Task ClickAsync(string selector)
    {
        await Page.EvaluateFunctionAsync("s => document.querySelector(s).scrollIntoView({ block: 'center', behavior: 'instant' })", selector);
        await Page.ClickAsync(selector);
    }

    /// <summary>Types an address over what stands there and goes on, as one does with the tab key.</summary>
    public async Task TypeAsync(string field, string text)
    {
        await ClickAsync($"[data-field='{field}']");
        await Page.EvaluateExpressionAsync("document.activeElement.select()");
        await Page.Keyboard.PressAsync("Delete");
        await Page.Keyboard.TypeAsync(text);
        await Page.Keyboard.PressAsync("Tab");
    }

    /// <summary>Copies by the button and pastes, with the keyboard, where a portal would have its field.</summary>
    public async Task<string> CopyAsync(string node)
    {
        await ClickAsync($"[data-text='{node}'] .copy");
        await Page.WaitForFunctionAsync("n => document.querySelector(`[data-text='${n}'] .said`).textContent !== ''", node);
        return await PasteAsync();
    }

    /// <summary>What the clipboard holds.</summary>
    public async Task<string> PasteAsync()
    {
        await Page.EvaluateExpressionAsync("{ const a = document.createElement('textarea'); a.id = 'portal'; document.body.append(a); a.focus(); }");
        await Page.Keyboard.DownAsync("Control");
        await Page.Keyboard.DownAsync("v", new DownOptions { Commands = ["Paste"] });
        await Page.Keyboard.UpAsync("v");
        await Page.Keyboard.UpAsync("Control");
        return await Page.EvaluateExpressionAsync<string>("{ const a = document.getElementById('portal'); const v = a.value; a.remove(); v }");
    }

    /// <summary>What a person reads of an element; nothing of what is folded or hidden.</summary>
    public Task<string> SeenAsync(string selector = "body") => Page.EvaluateFunctionAsync<string>("s => document.querySelector(s).innerText", selector);

    public Task<T> AskAsync<T>(string expression) => Page.EvaluateExpressionAsync<T>(expression);

    public async ValueTask DisposeAsync()
    {
        await _window.CloseAsync();
        Assert.Empty(_complaints);
    }
}
