using Darkroom.TestKit;

namespace Darkroom.Cli.Tests.Up;

/// <summary>One running <c>darkroom up</c>, shared by all tests that do not stop it.</summary>
public sealed class RunningDarkroom : IAsyncLifetime
{
    private UpProcess? _up;

    public TempFolder Folder { get; } = new();

    public string State => Folder["state"];

    public Uri Url { get; private set; } = new("http://127.0.0.1");

    public UpProcess Up => _up!;

    public async ValueTask InitializeAsync()
    {
        _up = UpProcess.Start(State);
        Url = await _up.ReadyAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_up is not null)
            await _up.DisposeAsync();
        Folder.Dispose();
    }
}
