using System.Text;
using Darkroom.Fuzz.Cases;
using Darkroom.ModelScope.Requests;
using Darkroom.Queues;
using Darkroom.Requests;
using Darkroom.Settings;
using Darkroom.Storage;

namespace Darkroom.Fuzz.Targets;

/// <summary>The messages of the queue darkroom-jobs.</summary>
internal sealed class QueueMessagesTarget : FuzzTarget
{
    private static readonly string[] Inboxes = [DarkroomSettings.Inbox, "other-inbox", "darkroom-jobs"];

    public override string Name => TargetNames.QueueMessages;

    public override IReadOnlyList<string> Words => ["json", "requests", "queues"];

    // A message of the queue has at most 64 KiB.
    public override int Longest => 64 << 10;

    public override Task RunAsync(byte[] input)
    {
        switch (QueueMessage.Read(Encoding.UTF8.GetString(input), ImageRequest.DefaultModel, Inboxes))
        {
            case QueueMessage.Job job:
                Rule.Holds(job.GivenId is null || JobIds.IsValid(job.GivenId), "The id of a job is valid.");
                RequestChecks.Stored(job.Request);
                break;
            case QueueMessage.Batch batch:
                Rule.Holds(batch.GivenId is null || JobIds.IsValid(batch.GivenId), "The id of a batch is valid.");
                Rule.Holds(
                    Inboxes.Contains(batch.Container) && !Containers.IsInternal(batch.Container),
                    "A batch comes from an allowed container.");
                Rule.Holds(!batch.Blob.Split('/').Contains(".."), "The name of a blob is plain.");
                break;
            case QueueMessage.Invalid invalid:
                Rule.Holds(invalid.Problems.Count > 0, "A refused message has problems.");
                break;
        }

        return Task.CompletedTask;
    }
}
