using System.Collections.Concurrent;

namespace Darkroom.LocalHost.Tests.Functions;

/// <summary>Runs everything on the calling thread, as an engine does it with an orchestrator.</summary>
internal sealed class OneThread : SynchronizationContext
{
    private readonly BlockingCollection<(SendOrPostCallback Callback, object? State)> _work = [];

    public override void Post(SendOrPostCallback d, object? state) => _work.Add((d, state));

    /// <summary>Begins something and carries on with it until it is done.</summary>
    public static T Run<T>(Func<Task<T>> begin)
    {
        var before = Current;
        var context = new OneThread();
        SetSynchronizationContext(context);
        try
        {
            var task = begin();
            _ = task.ContinueWith(_ => context._work.CompleteAdding(), TaskScheduler.Default);
            foreach (var (callback, state) in context._work.GetConsumingEnumerable())
                callback(state);
            return task.GetAwaiter().GetResult();
        }
        finally
        {
            SetSynchronizationContext(before);
        }
    }
}
