using System.Collections.Concurrent;
using Darkroom.LocalHost.Tests.Hosting;

namespace Darkroom.LocalHost.Tests.Queues;

/// <summary>What functions were given, and what they are to do with it.</summary>
internal sealed class Inbox
{
    private readonly ConcurrentQueue<string> _received = new();
    private readonly Bell _bell = new();
    private int _running;

    public IReadOnlyCollection<string> Received => _received;

    public int MostAtOnce { get; private set; }

    /// <summary>Whether a message fails.</summary>
    public Func<string, bool> Fails { get; set; } = _ => false;

    /// <summary>What a function waits for before it returns.</summary>
    public Task Gate { get; set; } = Task.CompletedTask;

    public async Task TakeAsync(string text)
    {
        lock (_received)
            MostAtOnce = Math.Max(MostAtOnce, ++_running);
        _received.Enqueue(text);
        _bell.Ring();
        try
        {
            await Gate;
            if (Fails(text))
                throw new InvalidOperationException($"{text} fails.");
        }
        finally
        {
            lock (_received)
                _running--;
        }
    }

    public Task HasAsync(int count) => _bell.Until(() => _received.Count >= count);
}
