using System.Diagnostics;
using Darkroom.LocalHost.Client;
using Darkroom.LocalHost.Engine;
using Darkroom.LocalHost.Functions;
using Darkroom.LocalHost.Hosting;
using Darkroom.LocalHost.Journal;
using Darkroom.LocalHost.Tests.Conformance.Functions;
using Darkroom.TestKit;
using Microsoft.DurableTask.Client;
using Microsoft.DurableTask.Converters;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Darkroom.LocalHost.Tests.Conformance;

/// <summary>An engine that runs the conformance functions as an app's, on a clock that skips the time nobody uses.</summary>
internal sealed class ConformanceHost : IAsyncDisposable
{
    private static readonly Type[] FunctionClasses = [.. typeof(Activities).Assembly.GetTypes().Where(type => type.Namespace == typeof(Activities).Namespace)];
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("darkroom-conformance-");
    private readonly EngineLimits _limits;
    private DurableEngine _engine = null!;

    public ConformanceHost(EngineLimits? limits = null)
    {
        _limits = limits ?? new EngineLimits();
        Start();
    }

    public ManualTime Time { get; } = new();

    public DurableTaskClient Client { get; private set; } = null!;

    public LogMemory Log { get; } = new();

    public EngineCore Core => _engine.Core;

    /// <summary>Starts an orchestration and skips time until it is over.</summary>
    public async Task<OrchestrationMetadata> RunAsync(string name, object? input = null, string? id = null)
    {
        id = await StartAsync(name, input, id);
        return await EndOfAsync(id);
    }

    public Task<string> StartAsync(string name, object? input = null, string? id = null) =>
        Client.ScheduleNewOrchestrationInstanceAsync(name, input, id is null ? null : new Microsoft.DurableTask.StartOrchestrationOptions(id));

    /// <summary>Skips time until an instance is over.</summary>
    public async Task<OrchestrationMetadata> EndOfAsync(string id)
    {
        var end = Client.WaitForInstanceCompletionAsync(id, getInputsAndOutputs: true);
        while (!end.IsCompleted)
        {
            await RestAsync();
            if (!end.IsCompleted && Core.Timers.Count > 0)
                Time.AdvanceToNext();
            else if (!end.IsCompleted && Core.IsIdle)
                await end.WaitAsync(TimeSpan.FromSeconds(20));
        }

        return await end;
    }

    /// <summary>Waits until nothing happens any more by itself.</summary>
    public async Task RestAsync()
    {
        var watch = Stopwatch.StartNew();
        while (!Core.IsIdle)
        {
            if (watch.Elapsed > TimeSpan.FromSeconds(30))
                throw new TimeoutException("The engine does not come to rest.");
            await Task.Yield();
        }
    }

    public async Task<OrchestrationMetadata> GetAsync(string id)
    {
        await RestAsync();
        return (await Client.GetInstanceAsync(id, getInputsAndOutputs: true))!;
    }

    public async Task RestartAsync()
    {
        await _engine.DisposeAsync();
        Start();
    }

    public async ValueTask DisposeAsync()
    {
        await _engine.DisposeAsync();
        _directory.Delete(recursive: true);
        Log.Dispose();
    }

    private void Start()
    {
        var problems = new StartProblems();
        var catalog = FunctionCatalog.Find(FunctionClasses, new ConfigurationBuilder().Build(), problems);
        problems.ThrowIfAny();
        var converter = new JsonDataConverter(new System.Text.Json.JsonSerializerOptions { PropertyNameCaseInsensitive = true });
        var loggers = LoggerFactory.Create(logging => logging.AddProvider(Log));
        var services = new ServiceCollection().AddLogging().BuildServiceProvider();
        var runner = new FunctionRunner(catalog, new FunctionInvoker(services, converter, function => function), loggers.CreateLogger<FunctionRunner>());
        var core = new EngineCore(
            new JournalFiles(_directory.FullName), new Stepper(runner, converter, loggers, "1.0"), Time, () => Guid.NewGuid().ToString("N"));
        _engine = new DurableEngine(core, runner, _limits, loggers.CreateLogger<DurableEngine>());
        _engine.Start();
        Client = new LocalDurableTaskClient(_engine, converter, new ClientSettings("Conformance", "1.0"));
    }
}
