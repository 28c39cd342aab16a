using Darkroom.LocalHost.History;
using Darkroom.LocalHost.Instances;

namespace Darkroom.LocalHost.Journal;

/// <summary>Records as bytes. Numbers of kinds are part of the journal's format.</summary>
internal static class RecordCodec
{
    private enum Kind : byte
    {
        Start = 1,
        Post = 2,
        Step = 3,
        Purge = 4,
        Snapshot = 5,
    }

    public static void Write(RecordWriter to, JournalRecord record)
    {
        switch (record)
        {
            case StartRecord r:
                to.Byte((byte)Kind.Start).Text(r.InstanceId).Text(r.ExecutionId).Time(r.At).MaybeTime(r.StartAt);
                HistoryCodec.WriteAll(to, [r.Begin]);
                break;
            case PostRecord r:
                to.Byte((byte)Kind.Post).Text(r.InstanceId);
                MessageCodec.Write(to, r.Message);
                break;
            case StepRecord r:
                to.Byte((byte)Kind.Step).Text(r.InstanceId).Text(r.ExecutionId).Text(r.Name).Number(r.Consumed).MaybeText(r.CustomStatus).MaybeText(r.NextExecutionId);
                WriteNumbers(to, r.CancelledTimers);
                to.Number(r.Tells.Count);
                foreach (var tell in r.Tells)
                    MessageCodec.Write(to.Text(tell.InstanceId), tell.Message);
                HistoryCodec.WriteAll(to, r.Events);
                break;
            case PurgeRecord r:
                to.Byte((byte)Kind.Purge).Text(r.InstanceId);
                break;
            case SnapshotRecord r:
                to.Byte((byte)Kind.Snapshot).Number(r.Company.Count + 1);
                foreach (var one in r.Company.Prepend(r))
                    WriteSnapshot(to.Text(one.InstanceId), one.Snapshot);
                break;
            default:
                throw new InvalidOperationException($"{record.GetType().Name} has no place in the journal's format.");
        }
    }

    public static JournalRecord Read(ReadOnlySpan<byte> payload)
    {
        var from = new RecordReader(payload);
        return (Kind)from.Byte() switch
        {
            Kind.Start => ReadStart(ref from),
            Kind.Post => new PostRecord(from.Text(), MessageCodec.Read(ref from)),
            Kind.Step => ReadStep(ref from),
            Kind.Purge => new PurgeRecord(from.Text()),
            Kind.Snapshot => ReadSnapshots(ref from),
            var kind => throw new JournalException($"The journal holds a record of the unknown kind {kind}."),
        };
    }

    private static StartRecord ReadStart(ref RecordReader from)
    {
        var (instance, execution, at, startAt) = (from.Text(), from.Text(), from.Time(), from.MaybeTime());
        return new StartRecord(instance, execution, (ExecutionStarted)HistoryCodec.ReadAll(ref from)[0], at, startAt);
    }

    private static StepRecord ReadStep(ref RecordReader from)
    {
        var (instance, execution, name, consumed, status, next) = (from.Text(), from.Text(), from.Name(), from.Number(), from.MaybeText(), from.MaybeText());
        var cancelled = ReadNumbers(ref from);
        var tells = new Tell[from.Count()];
        for (var i = 0; i < tells.Length; i++)
            tells[i] = new Tell(from.Text(), MessageCodec.Read(ref from));
        return new StepRecord(instance, execution, name, consumed, HistoryCodec.ReadAll(ref from))
        {
            CancelledTimers = cancelled,
            Tells = tells,
            CustomStatus = status,
            NextExecutionId = next,
        };
    }

    private static void WriteSnapshot(RecordWriter to, InstanceSnapshot snapshot)
    {
        to.Text(snapshot.ExecutionId).Time(snapshot.CreatedAt).Time(snapshot.UpdatedAt).MaybeTime(snapshot.StartAt).MaybeText(snapshot.CustomStatus);
        WriteNumbers(to, snapshot.CancelledTimers);
        HistoryCodec.WriteAll(to, [snapshot.Begin, .. snapshot.History]);
        to.Number(snapshot.Inbox.Count);
        foreach (var message in snapshot.Inbox)
            MessageCodec.Write(to, message);
    }

    private static SnapshotRecord ReadSnapshots(ref RecordReader from)
    {
        var all = new SnapshotRecord[from.Count()];
        for (var i = 0; i < all.Length; i++)
            all[i] = new SnapshotRecord(from.Text(), ReadSnapshot(ref from));
        return all.Length == 1 ? all[0] : all[0] with { Company = all[1..] };
    }

    private static InstanceSnapshot ReadSnapshot(ref RecordReader from)
    {
        var (execution, created, updated, startAt, status) = (from.Text(), from.Time(), from.Time(), from.MaybeTime(), from.MaybeText());
        var cancelled = ReadNumbers(ref from);
        var events = HistoryCodec.ReadAll(ref from);
        var inbox = new DurableMessage[from.Count()];
        for (var i = 0; i < inbox.Length; i++)
            inbox[i] = MessageCodec.Read(ref from);
        return new InstanceSnapshot
        {
            ExecutionId = execution,
            Begin = (ExecutionStarted)events[0],
            CreatedAt = created,
            UpdatedAt = updated,
            StartAt = startAt,
            CustomStatus = status,
            History = events.GetRange(1, events.Count - 1),
            CancelledTimers = cancelled,
            Inbox = inbox,
        };
    }

    private static void WriteNumbers(RecordWriter to, IReadOnlyList<int> numbers)
    {
        to.Number(numbers.Count);
        foreach (var number in numbers)
            to.Number(number);
    }

    private static int[] ReadNumbers(ref RecordReader from)
    {
        var numbers = new int[from.Count()];
        for (var i = 0; i < numbers.Length; i++)
            numbers[i] = from.Number();
        return numbers;
    }
}
