using Microsoft.Extensions.Configuration;

namespace Darkroom.LocalHost.Hosting;

/// <summary>What <c>host.json</c> says, as far as anything here goes by it. Unknown parts are left alone.</summary>
internal sealed record HostSettings
{
    public const string FileName = "host.json";

    /// <summary>What stands before every route of the app's functions.</summary>
    public string RoutePrefix { get; init; } = "api";

    public QueueSettings Queues { get; init; } = new();

    public DurableSettings Durable { get; init; } = new();

    /// <exception cref="StartException">It cannot be read, or something in it is of the wrong type.</exception>
    public static HostSettings Read(string path)
    {
        var extensions = JsonFile.Read(path).Section("extensions");
        return new HostSettings
        {
            RoutePrefix = (extensions.Section("http").Text("routePrefix") ?? "api").Trim('/'),
            Queues = QueueSettings.Read(extensions.Section("queues")),
            Durable = DurableSettings.Read(extensions.Section("durableTask")),
        };
    }

    /// <summary>With the settings put in that the name of the hub may refer to.</summary>
    /// <exception cref="StartException">One is not there.</exception>
    public HostSettings Resolve(IConfiguration configuration)
    {
        var hub = SettingNames.Resolve(Durable.HubName, configuration, problem => throw new StartException($"{FileName}: extensions.durableTask.hubName: {problem}."));
        return this with { Durable = Durable with { HubName = hub! } };
    }
}
