using Darkroom.LocalHost.Instances;

namespace Darkroom.LocalHost.Journal;

/// <summary>
/// Keeps the journal from growing for ever. Once it holds twice what was needed after the last round, a round begins: whatever still
/// needs the oldest segment is written again at the end, a little with each batch, until the segment can go; then the next. Each byte is
/// so written about twice in its life.
/// </summary>
internal sealed class JournalCleaning(InstanceTable table, Lock guard, JournalLimits limits)
{
    private readonly Queue<string> _dependent = [];
    private int _oldest;
    private int _lastOfRound;
    private long _kept;

    /// <summary>The instances to be written again with this batch, if any; called before each.</summary>
    public IEnumerable<string> Next(IReadOnlyList<int> segments, long bytes, int current)
    {
        if (_lastOfRound == 0)
        {
            if (bytes < limits.CleanFrom || bytes < 2 * _kept || segments.Count < 2)
                yield break;
            _lastOfRound = current - 1;
        }

        if (_oldest != segments[0])
            Collect(segments[0]);
        while (_dependent.TryDequeue(out var id))
        {
            if (StillNeeds(id))
                yield return id;
        }
    }

    /// <summary>The segment that nobody needs any more, if there is one; called after each batch.</summary>
    public int? Done(IReadOnlyList<int> segments, long bytes)
    {
        if (_lastOfRound == 0 || _oldest != segments[0] || _dependent.Count > 0)
            return null;
        if (_oldest >= _lastOfRound)
        {
            _lastOfRound = 0;
            _kept = bytes;
        }

        return _oldest;
    }

    // New dependants cannot appear: whatever begins now begins in the current segment.
    private void Collect(int oldest)
    {
        _oldest = oldest;
        lock (guard)
        {
            foreach (var instance in table.All.Where(instance => instance.OldestSegment <= oldest))
                _dependent.Enqueue(instance.Id);
        }
    }

    private bool StillNeeds(string id)
    {
        lock (guard)
            return table.Find(id)?.OldestSegment <= _oldest;
    }
}
