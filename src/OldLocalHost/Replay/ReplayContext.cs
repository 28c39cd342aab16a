using Darkroom.LocalHost.History;
using Darkroom.LocalHost.Instances;
using Microsoft.DurableTask;
using Microsoft.Extensions.Logging;

namespace Darkroom.LocalHost.Replay;

/// <summary>What an orchestrator's code sees in one run. It only notes decisions and hands out tasks; the run matches them with history.</summary>
internal sealed class ReplayContext(ReplaySubject subject, ReplayThread thread) : TaskOrchestrationContext
{
    /// <summary>What queries may see at most, in UTF-16.</summary>
    private const int LongestCustomStatus = 16 * 1024;

    private int _lastId = -1;
    private int _guids;
    private DateTime _now;
    private bool _isReplaying = true;

    public override TaskName Name => subject.Begin.Name;

    public override string InstanceId => subject.InstanceId;

    public override string Version => subject.Begin.Version;

    public override ParentOrchestrationInstance? Parent { get; } =
        subject.Begin.Parent is { } parent ? new ParentOrchestrationInstance(parent.Name, parent.InstanceId) : null;

    public override DateTime CurrentUtcDateTime => _now;

    public override bool IsReplaying => _isReplaying;

    /// <summary>Decisions that no event of history has matched yet, in the order they were made.</summary>
    internal SortedDictionary<int, IDecision> Unmatched { get; } = [];

    /// <summary>What the code waits for, by the number of its decision.</summary>
    internal Dictionary<int, OpenTask> Open { get; } = [];

    internal Dictionary<int, string> NamesOfOpen { get; } = [];

    internal ExternalEvents Events { get; } = new(subject.Converter);

    internal HashSet<int> CancelledTimers { get; } = [];

    internal string? CustomStatus { get; private set; }

    internal (string? Input, bool KeepEvents, string? Version)? Continuation { get; private set; }

    protected override ILoggerFactory LoggerFactory => subject.Loggers;

    public override T? GetInput<T>()
        where T : default
        => subject.Begin.Input is null ? default : subject.Converter.Deserialize<T>(subject.Begin.Input);

    public override Task<TResult> CallActivityAsync<TResult>(TaskName name, object? input = null, TaskOptions? options = null)
    {
        if (input is TaskOptions && options is null)
            throw new ArgumentException("Options were given where the input belongs: name the parameter, or give null as the input.", nameof(input));

        return Retries.Run(this, options?.Retry, () =>
        {
            EnsureHere();
            return Decide<TResult>(new TaskScheduled(++_lastId, name.Name ?? "", subject.Converter.Serialize(input)), name);
        });
    }

    public override Task<TResult> CallSubOrchestratorAsync<TResult>(TaskName orchestratorName, object? input = null, TaskOptions? options = null)
    {
        EnsureHere();
        // The id is drawn once: a retry replaces the failed child.
        var id = (options as SubOrchestrationOptions)?.InstanceId ?? NewGuid().ToString("N");
        InstanceIds.Check(id);
        var version = options?.Version?.Version ?? subject.DefaultVersion;
        var tags = options?.Tags is { Count: > 0 } some ? some.ToDictionary() : null;
        return Retries.Run(this, options?.Retry, () =>
        {
            EnsureHere();
            return Decide<TResult>(
                new SubOrchestrationCreated(++_lastId, orchestratorName.Name ?? "", id, subject.Converter.Serialize(input), version, tags), orchestratorName);
        });
    }

    public override Task CreateTimer(DateTime fireAt, CancellationToken cancellationToken)
    {
        EnsureHere();
        if (cancellationToken.IsCancellationRequested)
            return Task.FromCanceled(cancellationToken);

        var id = ++_lastId;
        var timer = Decide<object?>(new TimerCreated(id, fireAt.ToUniversalTime()), "timer");
        if (cancellationToken.CanBeCanceled)
            cancellationToken.Register(() => CancelTimer(id));
        return timer;
    }

    public override Task<T> WaitForExternalEvent<T>(string eventName, CancellationToken cancellationToken = default)
    {
        EnsureHere();
        ArgumentException.ThrowIfNullOrEmpty(eventName);
        return Events.Wait<T>(eventName, cancellationToken);
    }

    public override void SendEvent(string instanceId, string eventName, object payload)
    {
        EnsureHere();
        ArgumentException.ThrowIfNullOrWhiteSpace(instanceId);
        ArgumentException.ThrowIfNullOrEmpty(eventName);
        var id = ++_lastId;
        Unmatched[id] = new EventSent(id, instanceId, eventName, subject.Converter.Serialize(payload));
    }

    public override void SetCustomStatus(object? customStatus)
    {
        EnsureHere();
        var status = customStatus is null ? null : subject.Converter.Serialize(customStatus);
        if (status?.Length * sizeof(char) > LongestCustomStatus)
        {
            throw new ArgumentException(
                $"The custom status has {status!.Length * sizeof(char)} bytes of UTF-16; at most {LongestCustomStatus} are allowed. Keep what is larger in storage and its name in the status.",
                nameof(customStatus));
        }

        CustomStatus = status;
    }

    public override void ContinueAsNew(object? newInput = null, bool preserveUnprocessedEvents = true)
    {
        EnsureHere();
        Continuation = (subject.Converter.Serialize(newInput), preserveUnprocessedEvents, null);
    }

    public override void ContinueAsNew(ContinueAsNewOptions options)
    {
        EnsureHere();
        ArgumentNullException.ThrowIfNull(options);
        Continuation = (subject.Converter.Serialize(options.NewInput), options.PreserveUnprocessedEvents, options.NewVersion);
    }

    public override Guid NewGuid()
    {
        EnsureHere();
        return ReplayGuid.Make(InstanceId, _now, _guids++);
    }

    internal void BeginStep(DateTime now, bool isReplaying) => (_now, _isReplaying) = (now, isReplaying);

    private Task<T> Decide<T>(IDecision decision, string name)
    {
        var open = new OpenTask<T>(subject.Converter);
        Unmatched[decision.Id] = decision;
        Open[decision.Id] = open;
        NamesOfOpen[decision.Id] = name;
        return open.Task;
    }

    private void CancelTimer(int id)
    {
        // Also when the token is cancelled by something that is not durable: then the code is not here, and what it does is not repeatable.
        EnsureHere();
        if (Open.Remove(id, out var timer))
        {
            CancelledTimers.Add(id);
            timer.Cancel();
        }
    }

    private void EnsureHere()
    {
        if (!thread.IsHere)
        {
            throw new InvalidOperationException(
                "The orchestrator's context was used outside of its own thread: after an await on something that is not durable, or from a task of its own. Such work belongs in an activity.");
        }
    }
}
