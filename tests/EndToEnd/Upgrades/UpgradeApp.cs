using System.Text.Json.Nodes;
using Darkroom.Simulator;
using Darkroom.TestKit;

namespace Darkroom.EndToEnd.Upgrades;

/// <summary>
/// An app that is replaced by another build while jobs are in flight. <c>DARKROOM_UPGRADE_FROM</c> is the build output of an older version
/// (<c>./darkroom prove</c> builds one); without it the older version is this build, which calls itself version 0.
/// </summary>
public sealed class UpgradeApp : TestApp
{
    private const string DefaultVersion = "AzureFunctionsJobHost__extensions__durableTask__defaultVersion";

    private bool _isUpgraded;

    /// <summary>The build output of the older version; null if it is this build.</summary>
    public static string? Older { get; } =
        Environment.GetEnvironmentVariable("DARKROOM_UPGRADE_FROM") is { Length: > 0 } folder ? folder : null;

    /// <summary>The version of the instances that the older build starts.</summary>
    public static string OlderVersion => Older is null ? "0" : "1";

    /// <summary>The version of the instances that this build starts.</summary>
    public static string NewerVersion { get; } =
        JsonNode.Parse(File.ReadAllText(Path.Combine(BuiltApps.Functions, "host.json")))!
            ["extensions"]!["durableTask"]!["defaultVersion"]!.GetValue<string>();

    protected override string AppFolder => _isUpgraded ? BuiltApps.Functions : Older ?? BuiltApps.Functions;

    protected override SimulatorSettings UpstreamSettings => new() { Seconds = 3600, Speed = 1, Slots = 64 };

    protected override IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string>
    {
        ["Darkroom__Slots"] = "2",
        ["Darkroom__WebhookAllowedNetworks"] = "127.0.0.0/8",
        [DefaultVersion] = _isUpgraded ? NewerVersion : OlderVersion,
    };

    /// <summary>Kills the older build, and starts the newer one on the same storage.</summary>
    public async Task UpgradeAsync()
    {
        _isUpgraded = true;
        await CrashAsync();
    }
}
