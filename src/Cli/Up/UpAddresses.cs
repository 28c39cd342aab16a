using System.Text.Json.Nodes;
using Darkroom.Cli.Screen;
using Darkroom.Cli.Server;

namespace Darkroom.Cli.Up;

/// <summary>What <c>up</c> started, as it is shown.</summary>
internal sealed record UpAddresses
{
    /// <summary>The address of the app, without a path.</summary>
    public required string App { get; init; }

    /// <summary>The folder of the state and the logs.</summary>
    public required StateFolder Folder { get; init; }

    /// <summary>Whether Azurite was started. Otherwise other storage is configured.</summary>
    public required bool IsStorageOurs { get; init; }

    public required UpstreamChoice Upstream { get; init; }

    /// <summary>The address of the simulator; null if it is not used.</summary>
    public Uri? Simulator { get; init; }

    /// <summary>Whether callers must send the key of the state folder.</summary>
    public bool RequiresKey { get; init; }

    public string Page => $"{App}/studio";

    public IEnumerable<Fact> Facts() =>
    [
        new(UpWords.FactPage, Page),
        new("API", $"{App}/api"),
        new(UpWords.FactStorage, IsStorageOurs ? UpWords.StorageOurs.With(Folder.Storage) : UpWords.StorageConfigured),
        new(UpWords.FactUpstream, Upstream.Announcement),
        new(UpWords.FactSimulator, Simulator?.AbsoluteUri),
        new(UpWords.FactKey, RequiresKey ? UpWords.KeyNeeded.With(Folder.Key) : null),
        new(UpWords.FactLogs, Folder.Logs),
        new(UpWords.FactStop, UpWords.HowToStop),
    ];

    public string ToJson() => new JsonObject
    {
        ["url"] = App,
        ["page"] = Page,
        ["state"] = Folder.Path,
        ["simulated"] = Upstream.IsSimulated,
        ["upstream"] = Simulator?.AbsoluteUri ?? Upstream.BaseUrl,
        ["keyFile"] = RequiresKey ? Folder.Key : null,
    }.ToJsonString(CliJson.Written.Options);
}
