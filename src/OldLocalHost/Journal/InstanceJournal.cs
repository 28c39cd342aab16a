using Darkroom.LocalHost.Instances;

namespace Darkroom.LocalHost.Journal;

/// <summary>
/// The log that the state is kept in. Records are queued and written in batches: one sync makes many durable. Only then are they applied,
/// in the order in which they stand. Whoever calls <see cref="Flush"/> does so from one thread at a time.
/// </summary>
internal sealed class InstanceJournal : IDisposable
{
    private readonly IJournalStorage _storage;
    private readonly InstanceTable _table;
    private readonly Lock _guard;
    private readonly JournalLimits _limits;
    private readonly JournalCleaning _cleaning;
    private readonly Lock _queueing = new();
    private readonly RecordWriter _batch = new();
    private List<Pending> _queue = [];
    private List<Pending> _spare = [];
    private bool _isFlushing;
    private int _segment;
    private long _offset;
    private Exception? _broken;

    /// <param name="storage">Where the segments are.</param>
    /// <param name="table">What the records are applied to.</param>
    /// <param name="guard">Held while they are.</param>
    /// <param name="limits">How large segments and the whole may grow.</param>
    public InstanceJournal(IJournalStorage storage, InstanceTable table, Lock guard, JournalLimits? limits = null)
    {
        _storage = storage;
        _table = table;
        _guard = guard;
        _limits = limits ?? new JournalLimits();
        _cleaning = new JournalCleaning(table, guard, _limits);
    }

    /// <summary>What had to be cut off the end when it was opened, because a crash had left it half written.</summary>
    public long TornBytes { get; private set; }

    /// <summary>How often records were made durable together.</summary>
    public long Syncs { get; private set; }

    public long Bytes { get; private set; }

    /// <summary>Reads everything back.</summary>
    /// <exception cref="JournalException">It is not ours to read, or damaged where a crash cannot have damaged it.</exception>
    public void Open()
    {
        var segments = _storage.Segments;
        foreach (var segment in segments)
        {
            var isLast = segment == segments[^1];
            var end = JournalReading.Apply(_storage.ReadAll(segment), segment, isLast, _table, out var torn);
            if (torn > 0)
            {
                _storage.Truncate(segment, end);
                TornBytes = torn;
            }

            (_segment, _offset) = (segment, end);
            Bytes += end;
        }

        if (_offset == 0)
            BeginSegment(Math.Max(1, _segment));
    }

    /// <summary>Queues a record; <paramref name="written"/> is called once it is durable and applied, or cannot be.</summary>
    public void Enqueue(JournalRecord record, Action<Exception?>? written = null)
    {
        lock (_queueing)
            _queue.Add(new Pending(record, written));
    }

    /// <summary>Whether every record queued so far is durable and applied.</summary>
    public bool IsIdle
    {
        get
        {
            lock (_queueing)
                return _queue.Count == 0 && !_isFlushing;
        }
    }

    /// <summary>Makes everything queued durable and applies it.</summary>
    public void Flush()
    {
        List<Pending> batch;
        lock (_queueing)
        {
            if (_queue.Count == 0)
                return;
            (batch, _queue, _spare) = (_queue, _spare, _queue);
            _isFlushing = true;
        }

        try
        {
            if (_broken is not null)
                throw new JournalException("The journal cannot be written any more; restart when the reason is gone.", _broken);
            Write(batch);
        }
        catch (Exception exception) when (exception is IOException or JournalException or UnauthorizedAccessException)
        {
            // What was written is unknown. Nothing may be acknowledged on top of it: reading it back tells.
            _broken ??= exception;
            foreach (var pending in batch)
                pending.Written?.Invoke(exception);
        }
        finally
        {
            batch.Clear();
            lock (_queueing)
                _isFlushing = false;
        }
    }

    /// <summary>All there is of an instance: of a finished one as the journal has it.</summary>
    public InstanceSnapshot? Read(string instanceId)
    {
        while (true)
        {
            JournalPosition last;
            string executionId;
            DateTime createdAt;
            lock (_guard)
            {
                if (_table.Find(instanceId) is not { } instance)
                    return null;
                if (instance.Live is not null)
                    return InstanceSnapshots.Of(instance);
                (last, executionId, createdAt) = (instance.LastRecord, instance.ExecutionId, instance.CreatedAt);
            }

            // Cleaning may have moved it meanwhile; then its place is looked up anew.
            if (JournalReading.Chain(_storage, instanceId, last) is { } chain)
                return InstanceSnapshots.Of(chain, executionId, createdAt);
            lock (_guard)
            {
                if (_table.Find(instanceId)?.LastRecord == last)
                    throw new JournalException($"The journal's records of instance {instanceId} cannot be read.");
            }
        }
    }

    public void Dispose() => _storage.Dispose();

    private void Write(List<Pending> batch)
    {
        if (_offset >= _limits.SegmentBytes)
            BeginSegment(_segment + 1);

        _batch.Clear();
        var moved = Clean();
        var positions = new JournalPosition[batch.Count];
        for (var i = 0; i < batch.Count; i++)
            positions[i] = Put(batch[i].Record, moved);

        _storage.Append(_segment, _batch.Written.Span);
        _storage.Sync(_segment);
        Syncs++;
        _offset += _batch.Length;
        Bytes += _batch.Length;

        lock (_guard)
        {
            foreach (var (id, position) in moved)
                _table.Moved(id, position);
            for (var i = 0; i < batch.Count; i++)
                _table.Apply(batch[i].Record, positions[i]);
        }

        foreach (var pending in batch)
            pending.Written?.Invoke(null);
        DropOldest();
    }

    private JournalPosition Put(JournalRecord record, Dictionary<string, JournalPosition> moved)
    {
        var start = Frame.Begin(_batch);
        RecordCodec.Write(_batch, record);
        Frame.End(_batch, start, PreviousOf(record, moved));
        return new JournalPosition(_segment, _offset + start);
    }

    // Only steps hang together; the first one of an execution has nothing before it.
    private JournalPosition PreviousOf(JournalRecord record, Dictionary<string, JournalPosition> moved)
    {
        if (record is not StepRecord)
            return default;
        if (moved.TryGetValue(record.InstanceId, out var snapshot))
            return snapshot;
        lock (_guard)
            return _table.Find(record.InstanceId)?.LastRecord ?? default;
    }

    private Dictionary<string, JournalPosition> Clean()
    {
        var moved = new Dictionary<string, JournalPosition>(StringComparer.Ordinal);
        foreach (var id in _cleaning.Next(_storage.Segments, Bytes, _segment))
        {
            if (Read(id) is { } snapshot)
                moved[id] = Put(new SnapshotRecord(id, snapshot), moved);
            if (_batch.Length > _limits.BytesMovedAtOnce)
                break;
        }

        return moved;
    }

    private void DropOldest()
    {
        if (_cleaning.Done(_storage.Segments, Bytes) is not { } oldest)
            return;
        Bytes -= _storage.LengthOf(oldest);
        _storage.Delete(oldest);
    }

    private void BeginSegment(int segment)
    {
        _storage.Append(segment, SegmentHeader.Write(segment));
        _storage.Sync(segment);
        (_segment, _offset) = (segment, SegmentHeader.Length);
        Bytes += SegmentHeader.Length;
    }

    private readonly record struct Pending(JournalRecord Record, Action<Exception?>? Written);
}
