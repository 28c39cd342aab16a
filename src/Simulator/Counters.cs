using System.Collections.Concurrent;
using Darkroom.Simulator.Tasks;

namespace Darkroom.Simulator;

/// <summary>
/// Counts requests by kind, keeps the bodies of submits, and counts requests that sent a token to the picture host.
/// </summary>
public sealed class Counters
{
    private const int MaxBodies = 20_000;

    private readonly ConcurrentDictionary<string, int> _postsByPrompt = new();
    private readonly ConcurrentQueue<string> _bodies = new();
    private long _submits, _accepted, _looks, _results, _pictures, _balances, _tokenOnPictureHost, _inFlight, _maxInFlight;

    /// <summary>All POSTs to the submit endpoint, accepted or not.</summary>
    public long Submits => Interlocked.Read(ref _submits);

    /// <summary>Submits that were accepted and charged.</summary>
    public long Accepted => Interlocked.Read(ref _accepted);

    public long Looks => Interlocked.Read(ref _looks);

    /// <summary>Requests to the result endpoint.</summary>
    public long Results => Interlocked.Read(ref _results);

    /// <summary>Requests to the picture host.</summary>
    public long Pictures => Interlocked.Read(ref _pictures);

    /// <summary>Requests for the balance.</summary>
    public long Balances => Interlocked.Read(ref _balances);

    /// <summary>Requests to the picture host that carried a token. Must be zero.</summary>
    public long TokenOnPictureHost => Interlocked.Read(ref _tokenOnPictureHost);

    /// <summary>The highest number of concurrent requests.</summary>
    public long MaxRequestsAtOnce => Interlocked.Read(ref _maxInFlight);

    /// <summary>The unchanged bodies of the latest 20,000 submits.</summary>
    public IReadOnlyCollection<string> Bodies => _bodies;

    /// <summary>The number of submits for each prompt.</summary>
    public IReadOnlyDictionary<string, int> PostsByPrompt => _postsByPrompt;

    /// <summary>The highest number of tasks that ran at the same time.</summary>
    public static int MaxTasksAtOnce(IEnumerable<SimulatedTask> tasks)
    {
        var running = 0;
        var most = 0;
        // If one task ends at the instant when another begins, the end counts first: both used the same slot.
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
        if (_bodies.Count > MaxBodies)
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
        while (now > (most = Interlocked.Read(ref _maxInFlight)) && Interlocked.CompareExchange(ref _maxInFlight, now, most) != most)
        {
            // Another request has changed the maximum. Compare again.
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
        _maxInFlight = _inFlight;
        _postsByPrompt.Clear();
        _bodies.Clear();
    }
}
