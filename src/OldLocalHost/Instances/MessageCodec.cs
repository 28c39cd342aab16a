using Darkroom.LocalHost.Journal;

namespace Darkroom.LocalHost.Instances;

/// <summary>Durable messages as bytes. Numbers of kinds are part of the journal's format.</summary>
internal static class MessageCodec
{
    private enum Kind : byte
    {
        Event = 1,
        Child = 2,
        Terminate = 3,
        Suspend = 4,
        Resume = 5,
    }

    public static void Write(RecordWriter to, DurableMessage message)
    {
        switch (message)
        {
            case EventMessage m:
                to.Byte((byte)Kind.Event).Text(m.Name).MaybeText(m.Input);
                break;
            case ChildMessage m:
                to.Byte((byte)Kind.Child).Text(m.ExecutionId).Number(m.TaskId).Flag(m.Succeeded).MaybeText(m.Result).Failure(m.Failure);
                break;
            case TerminateMessage m:
                to.Byte((byte)Kind.Terminate).MaybeText(m.Output).Flag(m.Recursive);
                break;
            case SuspendMessage m:
                to.Byte((byte)Kind.Suspend).MaybeText(m.Reason);
                break;
            case ResumeMessage m:
                to.Byte((byte)Kind.Resume).MaybeText(m.Reason);
                break;
            default:
                throw new InvalidOperationException($"{message.GetType().Name} has no place in the journal's format.");
        }
    }

    public static DurableMessage Read(ref RecordReader from) => (Kind)from.Byte() switch
    {
        Kind.Event => new EventMessage(from.Text(), from.MaybeText()),
        Kind.Child => new ChildMessage(from.Text(), from.Number(), from.Flag(), from.MaybeText(), from.Failure()),
        Kind.Terminate => new TerminateMessage(from.MaybeText(), from.Flag()),
        Kind.Suspend => new SuspendMessage(from.MaybeText()),
        Kind.Resume => new ResumeMessage(from.MaybeText()),
        var kind => throw new JournalException($"The journal holds a message of the unknown kind {kind}."),
    };
}
