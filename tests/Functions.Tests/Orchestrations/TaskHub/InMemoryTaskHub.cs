using System.Text.Json;
using Darkroom.TestKit;
using DurableTask.Core;
using DurableTask.Core.History;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Converters;

namespace Darkroom.Functions.Tests.Orchestrations.TaskHub;

/// <summary>
/// A task hub in memory whose clock jumps to the next timer. Orchestrators run on Microsoft's executor (see <see cref="Orchestrator"/>).
/// This class is the storage provider: instances, messages, timers and activity calls. A seed decides the order in which ready work runs,
/// to imitate several workers. Messages to one instance keep their order.
/// </summary>
internal sealed partial class InMemoryTaskHub(ManualTime time, int seed = 1) : IAsyncDisposable
{
    /// <summary>The converter of the Functions worker: it writes names unchanged and reads them case-insensitively.</summary>
    public static readonly DataConverter Converter = new JsonDataConverter(
        new JsonSerializerOptions { PropertyNameCaseInsensitive = true });

    private const int MaxStepsAtOnce = 100_000;

    // Protects against a test that never ends: an activity that waits for the hub's clock waits for ever, because the clock stands still
    // while an activity runs.
    private static readonly TimeSpan LongestActivity = TimeSpan.FromMinutes(1);

    private readonly Dictionary<string, Orchestrator> _orchestrators = [];
    private readonly Dictionary<string, ActivityStub> _activities = [];
    private readonly Dictionary<string, HubInstance> _instances = [];
    private readonly HashSet<HubInstance> _ready = [];
    private readonly List<ActivityCall> _calls = [];
    private readonly PriorityQueue<DueMessage, (DateTimeOffset At, long Number)> _due = new();
    private readonly Random _random = new(seed);

    // An activity may call the client several times at once, on several threads.
    private readonly Lock _lock = new();
    private long _lastNumber;
    private int _stepsAtOnce;

    public ManualTime Time => time;

    /// <summary>
    /// Timers wait whole seconds and so fire up to a second before their time, as those of the Azure Storage provider do.
    /// </summary>
    public bool HasEarlyTimers { get; init; }

    public DateTimeOffset Now => time.GetUtcNow();

    /// <summary>How many turns were run.</summary>
    public int Turns { get; private set; }

    public IReadOnlyList<HubInstance> Instances
    {
        get
        {
            lock (_lock)
                return [.. _instances.Values];
        }
    }

    public void AddOrchestrator<TInput, TOutput>(string name, Func<TaskOrchestrationContext, Task<TOutput?>> run) =>
        _orchestrators[name] = Orchestrator.Of<TInput, TOutput>(name, run);

    /// <summary>Sets the result of an activity.</summary>
    /// <param name="name">The name of the activity.</param>
    /// <param name="answer">The function from the input to the result.</param>
    /// <param name="takes">How long it takes by the hub's clock.</param>
    public void AnswerActivity<TInput, TOutput>(string name, Func<TInput, TOutput> answer, TimeSpan takes = default) =>
        _activities[name] = new ActivityStub(
            input => Task.Run(() => Converter.Serialize(answer(Converter.Deserialize<TInput>(input)!))), takes);

    /// <summary>Adds an activity of the app. Its input and result are JSON.</summary>
    public void AddActivity(string name, Func<string?, Task<string?>> run) => _activities[name] = new ActivityStub(run, TimeSpan.Zero);

    /// <summary>Runs an action before each call of an activity. If the action throws, the activity fails with that exception.</summary>
    public void BeforeActivity(string name, Action act, TimeSpan takes = default)
    {
        var there = _activities[name];
        _activities[name] = new ActivityStub(
            async input =>
            {
                act();
                return await there.RunAsync(input);
            },
            takes);
    }

    public HubInstance? Find(string id)
    {
        lock (_lock)
            return _instances.GetValueOrDefault(id);
    }

    public HubInstance Get(string id) => Find(id) ?? throw new KeyNotFoundException($"There is no instance {id}.");

    /// <summary>Creates an instance, and replaces one with the same id.</summary>
    public HubInstance Start(
        string name, object? input, string id, HubParent? parent = null, IReadOnlyDictionary<string, string>? tags = null) =>
        StartWithJson(name, Converter.Serialize(input), id, parent, tags);

    public void RaiseEvent(string id, string name, object? payload) =>
        Deliver(id, new EventRaisedEvent(-1, Converter.Serialize(payload)) { Name = name });

    public void Terminate(string id, string? reason = null) => Deliver(id, new ExecutionTerminatedEvent(-1, reason));

    public void Suspend(string id) => Deliver(id, new ExecutionSuspendedEvent(-1, null));

    public void Resume(string id) => Deliver(id, new ExecutionResumedEvent(-1, null));

    /// <summary>Removes an instance that has ended; false if there is none.</summary>
    public bool Purge(string id)
    {
        lock (_lock)
            return _instances.TryGetValue(id, out var instance) && instance.IsCompleted && _instances.Remove(id);
    }

    /// <summary>Runs until a condition is true.</summary>
    /// <exception cref="TimeoutException">The condition is not true within a hundred days, or no work is left.</exception>
    public async Task RunUntilAsync(Func<bool> isTrue)
    {
        var limit = Now.AddDays(100);
        while (!isTrue())
        {
            if (!await StepAsync(limit))
                throw new TimeoutException(
                    "The condition does not become true. Instances: "
                        + string.Join(", ", _instances.Values.Select(one => $"{one.Id} {one.Status}")));
        }
    }

    public Task RunUntilEndAsync(string id) => RunUntilAsync(() => Get(id).IsCompleted);

    /// <summary>Runs all work that is due within the time span, then moves the clock to its end.</summary>
    public async Task RunForAsync(TimeSpan span)
    {
        var end = Now + span;
        while (await StepAsync(end))
        {
            // Each step is one turn, one activity or one timer.
        }

        time.Advance(end - Now);
    }

    /// <summary>Runs all work that is due now. The clock stands still.</summary>
    public Task SettleAsync() => RunForAsync(TimeSpan.Zero);

    /// <summary>Replays every open generation, and compares it with the first run.</summary>
    public ValueTask DisposeAsync()
    {
        foreach (var instance in _instances.Values)
            _orchestrators[instance.Name].VerifyReplay(instance);
        return ValueTask.CompletedTask;
    }

    // Runs one piece of ready work, chosen by the seed. If nothing is ready, delivers the next message that is due by the end.
    private async Task<bool> StepAsync(DateTimeOffset end)
    {
        if (_ready.Count + _calls.Count > 0)
        {
            if (++_stepsAtOnce > MaxStepsAtOnce)
                throw new InvalidOperationException(
                    $"More than {MaxStepsAtOnce} steps at {Now:o}: a workflow loops without waiting. Ready: "
                        + $"{string.Join(", ", _ready.Select(one => one.Id))}");
            var pick = _random.Next(_ready.Count + _calls.Count);
            if (pick < _ready.Count)
                RunTurn(_ready.ElementAt(pick));
            else
                await RunActivityAsync(pick - _ready.Count);
            return true;
        }

        if (!_due.TryPeek(out _, out var next) || next.At > end)
            return false;
        var (target, generation, message) = _due.Dequeue();
        _stepsAtOnce = 0;
        if (next.At > Now)
            time.Advance(next.At - Now);
        Deliver(target, generation, message);
        return true;
    }

    private async Task RunActivityAsync(int at)
    {
        var call = _calls[at];
        _calls.RemoveAt(at);
        var stub = _activities.GetValueOrDefault(call.Name) ?? throw new InvalidOperationException($"There is no activity {call.Name}.");
        var run = stub.RunAsync(call.Input);
        HistoryEvent result;
        try
        {
            result = new TaskCompletedEvent(-1, call.TaskId, await run.WaitAsync(LongestActivity));
        }
        catch (TimeoutException late) when (!run.IsCompleted)
        {
            throw new InvalidOperationException(
                $"The activity {call.Name} does not end: it may wait for the hub's clock, which stands still while it runs.", late);
        }
        catch (Exception failure) when (failure is not Xunit.Sdk.IAssertionException)
        {
            // The worker sends the type and the message of a failure to the engine. The app's middleware removes the stack.
            result = new TaskFailedEvent(
                -1,
                call.TaskId,
                failure.Message,
                details: null,
                new FailureDetails(
                    failure.GetType().FullName!, failure.Message, stackTrace: null, innerFailure: null, isNonRetriable: false));
        }

        Schedule(call.Caller, call.Generation, result, Now + stub.Takes);
    }

    private sealed record ActivityStub(Func<string?, Task<string?>> RunAsync, TimeSpan Takes);

    private sealed record ActivityCall(HubInstance Caller, int Generation, int TaskId, string Name, string? Input);

    private sealed record DueMessage(HubInstance Target, int Generation, HistoryEvent Message);
}
