namespace Darkroom.EndToEnd.Access;

/// <summary>The app on a host that requires a key.</summary>
public sealed class KeyedApp : TestApp
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("darkroom-key-");

    /// <summary>The key.</summary>
    public string Key { get; private set; } = "";

    /// <summary>Sends no key.</summary>
    public HttpClient WithoutKey { get; private set; } = null!;

    /// <summary>Sends the key.</summary>
    public HttpClient WithKey { get; private set; } = null!;

    protected override IReadOnlyList<string> Options => ["--require-key", Path.Combine(_folder.FullName, "key")];

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        Key = await File.ReadAllTextAsync(Path.Combine(_folder.FullName, "key"));
        WithoutKey = new HttpClient(new LeakWatch()) { BaseAddress = Http.BaseAddress };
        WithKey = new HttpClient(new LeakWatch())
        {
            BaseAddress = Http.BaseAddress,
            DefaultRequestHeaders = { { "x-functions-key", Key } },
        };
    }

    public override async ValueTask DisposeAsync()
    {
        WithKey.Dispose();
        WithoutKey.Dispose();
        await base.DisposeAsync();
        _folder.Delete(recursive: true);
    }
}
