namespace Darkroom.LocalHost.Hosting;

/// <summary><c>extensions.durableTask</c> of <c>host.json</c>.</summary>
internal sealed record DurableSettings
{
    /// <summary>Only the addresses of the management API bear it: there is one hub.</summary>
    public string HubName { get; init; } = "TestHubName";

    /// <summary>The version of what is started without one.</summary>
    public string DefaultVersion { get; init; } = "";

    public int MaxConcurrentActivityFunctions { get; init; } = 10 * Environment.ProcessorCount;

    public int MaxConcurrentOrchestratorFunctions { get; init; } = 10 * Environment.ProcessorCount;

    /// <summary>Where Azure would keep the state. It has no effect here: the state is on disk.</summary>
    public string? StorageProvider { get; init; }

    /// <summary>The setting that says where that is; the addresses of the management API bear it.</summary>
    public string ConnectionName { get; init; } = "Storage";

    public static DurableSettings Read(JsonSection section)
    {
        var standard = new DurableSettings();
        var provider = section.Section("storageProvider");
        return new DurableSettings
        {
            HubName = section.Text("hubName") ?? standard.HubName,
            DefaultVersion = section.Text("defaultVersion") ?? standard.DefaultVersion,
            MaxConcurrentActivityFunctions = section.Number("maxConcurrentActivityFunctions", 1, int.MaxValue) ?? standard.MaxConcurrentActivityFunctions,
            MaxConcurrentOrchestratorFunctions = section.Number("maxConcurrentOrchestratorFunctions", 1, int.MaxValue) ?? standard.MaxConcurrentOrchestratorFunctions,
            StorageProvider = provider.Text("type"),
            ConnectionName = provider.Text("connectionName") ?? provider.Text("connectionStringName") ?? standard.ConnectionName,
        };
    }
}
