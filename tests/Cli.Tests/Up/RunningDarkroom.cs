using Darkroom.TestKit;

namespace Darkroom.Cli.Tests.Up;

/// <summary>One running <c>darkroom up</c>, shared by all test classes of the collection. They do not stop it.</summary>
[CollectionDefinition(Name)]
public sealed class SharedDarkroom : ICollectionFixture<RunningDarkroom>
{
    public const string Name = "The running Darkroom";
}

/// <summary>The fixture of <see cref="SharedDarkroom"/>.</summary>
public sealed class RunningDarkroom : IAsyncLifetime
{
    private UpProcess? _up;

    public TempFolder Folder { get; } = new();

    public string State => Folder["state"];

    public Uri Url { get; private set; } = new("http://127.0.0.1");

    public UpProcess Up => _up!;

    /// <summary>The control API of the simulator.</summary>
    public Uri Simulator => new(
        Up.Output.Split('\n').Single(line => line.StartsWith("Simulator ", StringComparison.Ordinal))["Simulator ".Length..].Trim());

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
