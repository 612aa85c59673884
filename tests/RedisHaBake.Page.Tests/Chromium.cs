using PuppeteerSharp;
using RedisHaBake.Page.Tests;

// One clipboard for all windows.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
[assembly: AssemblyFixture(typeof(Chromium))]

namespace RedisHaBake.Page.Tests;

/// <summary>One headless Chromium for all tests, over its DevTools protocol; a profile of its own that goes with it.</summary>
public sealed class Chromium : IAsyncLifetime
{
    private static readonly string[] Places = ["/usr/bin/chromium", "/usr/bin/google-chrome"];

    private readonly string _profile = Directory.CreateTempSubdirectory("redishabake-test-").FullName;
    private IBrowser? _browser;

    public async ValueTask InitializeAsync()
    {
        var program = Places.FirstOrDefault(File.Exists)
            ?? throw new InvalidOperationException($"expected a browser at one of {string.Join(", ", Places)}, found none; Debian has it in the package chromium (`make test-contract` installs it)");
        _browser = await Puppeteer.LaunchAsync(new LaunchOptions
        {
            ExecutablePath = program,
            Headless = true,
            UserDataDir = _profile,
            // As root and without a display; and nothing that would look for a network which a test does not have.
            Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage"],
        });
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
            await _browser.DisposeAsync();
        Directory.Delete(_profile, recursive: true);
    }

    /// <summary>A window that shares nothing with another: no check marks, no addresses.</summary>
    public async Task<IBrowserContext> WindowAsync() => await _browser!.CreateBrowserContextAsync();
}
