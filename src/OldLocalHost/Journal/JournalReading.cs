using Darkroom.LocalHost.History;
using Darkroom.LocalHost.Instances;

namespace Darkroom.LocalHost.Journal;

/// <summary>Reads segments from beginning to end, and single instances from their last record back.</summary>
internal static class JournalReading
{
    /// <summary>Applies every record of a segment; returns where the whole ones end.</summary>
    /// <param name="bytes">The segment.</param>
    /// <param name="segment">Its number.</param>
    /// <param name="isLast">Whether a crash can have left its end half written.</param>
    /// <param name="table">What the records are applied to.</param>
    /// <param name="torn">The bytes behind the end.</param>
    public static long Apply(ReadOnlySpan<byte> bytes, int segment, bool isLast, InstanceTable table, out long torn)
    {
        torn = 0;
        if (!SegmentHeader.Check(bytes, segment))
        {
            torn = bytes.Length;
            return isLast ? 0 : throw Damaged(segment, 0);
        }

        var offset = SegmentHeader.Length;
        while (offset < bytes.Length)
        {
            if (!Frame.TryRead(bytes[offset..], out var payload, out _))
            {
                if (!isLast)
                    throw Damaged(segment, offset);
                torn = bytes.Length - offset;
                break;
            }

            table.Apply(RecordCodec.Read(payload), new JournalPosition(segment, offset));
            offset += Frame.HeaderLength + payload.Length;
        }

        return offset;
    }

    /// <summary>The records of one execution, the first one first; null when they are not where they were said to be.</summary>
    public static IReadOnlyList<JournalRecord>? Chain(IJournalStorage storage, string instanceId, JournalPosition last)
    {
        var chain = new List<JournalRecord>();
        for (var at = last; !at.IsNowhere;)
        {
            if (ReadFrame(storage, at, out var previous) is not { } record)
                return null;
            if (record is SnapshotRecord snapshot)
                record = snapshot.Company.Prepend(snapshot).FirstOrDefault(one => one.InstanceId == instanceId);
            if (record?.InstanceId != instanceId)
                return null;

            chain.Add(record);
            if (record is SnapshotRecord || (record is StepRecord step && step.Events.Any(happened => happened is ExecutionStarted)))
                break;
            at = previous;
        }

        chain.Reverse();
        return chain.Count == 0 ? null : chain;
    }

    private static JournalRecord? ReadFrame(IJournalStorage storage, JournalPosition at, out JournalPosition previous)
    {
        previous = default;
        // Most records fit into the first read.
        Span<byte> first = stackalloc byte[1024];
        var read = storage.Read(at.Segment, at.Offset, first);
        if (read < Frame.HeaderLength)
            return null;

        var length = Frame.LengthOf(first);
        if (length <= read)
            return Frame.TryRead(first[..read], out var small, out previous) ? RecordCodec.Read(small) : null;

        var whole = new byte[length];
        return storage.Read(at.Segment, at.Offset, whole) == length && Frame.TryRead(whole, out var payload, out previous) ? RecordCodec.Read(payload) : null;
    }

    private static JournalException Damaged(int segment, long offset) => new(
        $"Segment {segment} of the journal is damaged at byte {offset}, which no crash of ours can do. Restore the directory from a backup, or start with an empty one.");
}
