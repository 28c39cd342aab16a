using Darkroom.Fuzz.Cases;
using Darkroom.LocalHost;
using Darkroom.LocalHost.App;
using Microsoft.Extensions.Configuration;

namespace Darkroom.Fuzz.Targets;

/// <summary>The files of an app that LocalHost reads: host.json, local.settings.json and worker.config.json.</summary>
internal sealed class HostJsonFileTarget : FuzzTarget
{
    public override string Name => TargetNames.HostJsonFile;

    public override IReadOnlyList<string> Words => ["json", "host-json"];

    // A path has the names of all its parents, so a deep file makes long paths.
    public override long AllocationPerByte => 2000;

    public override int Longest => 64 << 10;

    public override Task RunAsync(byte[] input)
    {
        Allow(() =>
        {
            using var json = FunctionApp.ReadJson("host.json", input);
            var values = HostJson.Values(json.RootElement);
            using var configuration = (ConfigurationRoot)new ConfigurationBuilder().AddInMemoryCollection(values).Build();
            Rule.Holds(HostJson.FunctionTimeout(configuration) is not { Ticks: <= 0 }, "A limit of time is positive.");
            HostJson.RoutePrefix(configuration);
        });
        Allow(() =>
        {
            using var json = FunctionApp.ReadJson("local.settings.json", input);
            foreach (var (name, _) in LocalSettings.Values(json.RootElement))
                Rule.Holds(name.Length > 0 && name.AsSpan().IndexOfAny('=', '\0') < 0, "A variable has a valid name.");
        });
        Allow(() =>
        {
            using var json = FunctionApp.ReadJson("worker.config.json", input);
            var app = FunctionApp.Read("folder", json.RootElement);
            Rule.Holds(app.Executable.Length > 0 && app.WorkerPath.Length > 0, "A worker has a program.");
        });
        return Task.CompletedTask;
    }

    private static void Allow(Action read)
    {
        try
        {
            read();
        }
        catch (StartException)
        {
            // The host prints the message and ends.
        }
    }
}
