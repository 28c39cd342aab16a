using Darkroom.LocalHost.Client;
using Darkroom.LocalHost.Engine;
using Darkroom.LocalHost.Journal;
using Microsoft.DurableTask.Client;
using Microsoft.DurableTask.Converters;
using Microsoft.Extensions.Logging.Abstractions;

namespace Darkroom.LocalHost.Tests.Engine;

/// <summary>A whole engine with a journal in a directory of its own, and functions as lambdas.</summary>
internal sealed class EngineHarness : IAsyncDisposable
{
    private readonly TestFunctions _functions;
    private readonly TimeProvider _time;
    private readonly JournalLimits? _limits;

    public EngineHarness(TestFunctions functions, TimeProvider? time = null, JournalLimits? limits = null, string? directory = null)
    {
        _functions = functions;
        _time = time ?? TimeProvider.System;
        _limits = limits;
        Directory = directory ?? System.IO.Directory.CreateTempSubdirectory("darkroom-engine-").FullName;
        (Engine, Client) = Start();
    }

    public string Directory { get; }

    public DurableEngine Engine { get; private set; }

    public DurableTaskClient Client { get; private set; }

    /// <summary>Stops and starts again on the same journal.</summary>
    public async Task RestartAsync()
    {
        await Engine.DisposeAsync();
        (Engine, Client) = Start();
    }

    public async ValueTask DisposeAsync()
    {
        await Engine.DisposeAsync();
        System.IO.Directory.Delete(Directory, recursive: true);
    }

    private (DurableEngine, DurableTaskClient) Start()
    {
        var converter = new JsonDataConverter(new System.Text.Json.JsonSerializerOptions { PropertyNameCaseInsensitive = true });
        var stepper = new Stepper(_functions, converter, NullLoggerFactory.Instance, defaultVersion: "");
        var core = new EngineCore(new JournalFiles(Directory), stepper, _time, () => Guid.NewGuid().ToString("N"), _limits);
        var engine = new DurableEngine(core, _functions, new EngineLimits { Activities = 100 }, NullLogger<DurableEngine>.Instance);
        engine.Start();
        return (engine, new LocalDurableTaskClient(engine, converter, new ClientSettings("Test", "")));
    }
}
