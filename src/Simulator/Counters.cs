using System.Collections.Concurrent;
using Darkroom.Simulator.Tasks;

namespace Darkroom.Simulator;

/// <summary>What the simulator saw: requests by kind, bodies, and whether the token went where it must not.</summary>
public sealed class Counters
{
    private const int MostBodies = 20_000;

    private readonly ConcurrentDictionary<string, int> _postsByPrompt = new();
    private readonly ConcurrentQueue<string> _bodies = new();
    private long _submits, _accepted, _looks, _results, _pictures, _balances, _tokenOnPictureHost, _inFlight, _mostInFlight;

    /// <summary>POSTs that reached the submit endpoint, whatever became of them.</summary>
    public long Submits => Interlocked.Read(ref _submits);

    /// <summary>Submits that were accepted, and so paid.</summary>
    public long Accepted => Interlocked.Read(ref _accepted);

    /// <summary>Looks at tasks.</summary>
    public long Looks => Interlocked.Read(ref _looks);

    /// <summary>Requests to the result endpoint.</summary>
    public long Results => Interlocked.Read(ref _results);

    /// <summary>Requests to the picture host.</summary>
    public long Pictures => Interlocked.Read(ref _pictures);

    /// <summary>Requests for the balance.</summary>
    public long Balances => Interlocked.Read(ref _balances);

    /// <summary>Requests to the picture host that carried a token. Must be zero.</summary>
    public long TokenOnPictureHost => Interlocked.Read(ref _tokenOnPictureHost);

    /// <summary>The most requests that were being answered at once.</summary>
    public long MostRequestsAtOnce => Interlocked.Read(ref _mostInFlight);

    /// <summary>The bodies of submits as they came, the last of them only if there are very many.</summary>
    public IReadOnlyCollection<string> Bodies => _bodies;

    /// <summary>How often each prompt was posted.</summary>
    public IReadOnlyDictionary<string, int> PostsByPrompt => _postsByPrompt;

    /// <summary>The most tasks that ran at once.</summary>
    public static int MostTasksAtOnce(IEnumerable<SimulatedTask> tasks)
    {
        var running = 0;
        var most = 0;
        // At the same instant an end comes before a beginning: the slot passes on.
        foreach (
            var (_, change) in tasks.SelectMany(task => new[] { (At: task.BeginsAt, Change: 1), (At: task.EndsAt, Change: -1) })
                .OrderBy(edge => edge.At)
                .ThenBy(edge => edge.Change))
            most = Math.Max(most, running += change);
        return most;
    }

    internal void CountSubmit(string body, string? prompt)
    {
        Interlocked.Increment(ref _submits);
        if (prompt is not null)
            _postsByPrompt.AddOrUpdate(prompt, 1, (_, count) => count + 1);
        _bodies.Enqueue(body);
        if (_bodies.Count > MostBodies)
            _bodies.TryDequeue(out _);
    }

    internal void CountAccepted() => Interlocked.Increment(ref _accepted);

    internal void CountLook() => Interlocked.Increment(ref _looks);

    internal void CountResult() => Interlocked.Increment(ref _results);

    internal void CountBalance() => Interlocked.Increment(ref _balances);

    internal void CountPicture(HttpRequest request)
    {
        Interlocked.Increment(ref _pictures);
        if (
            request.Headers.Authorization.Count > 0
                || request.QueryString.Value?.Contains("token", StringComparison.OrdinalIgnoreCase) == true)
            Interlocked.Increment(ref _tokenOnPictureHost);
    }

    internal async Task DuringAsync(RequestDelegate next, HttpContext context)
    {
        var now = Interlocked.Increment(ref _inFlight);
        long most;
        while (now > (most = Interlocked.Read(ref _mostInFlight)) && Interlocked.CompareExchange(ref _mostInFlight, now, most) != most)
        {
            // Another request raised it meanwhile: compare again.
        }

        try
        {
            await next(context);
        }
        finally
        {
            Interlocked.Decrement(ref _inFlight);
        }
    }

    internal void Clear()
    {
        _submits = _accepted = _looks = _results = _pictures = _balances = _tokenOnPictureHost = 0;
        _mostInFlight = _inFlight;
        _postsByPrompt.Clear();
        _bodies.Clear();
    }
}
