namespace Darkroom.Jobs;

/// <summary>The event by which a task reports its state to its job.</summary>
public sealed record PartState(int Task, JobState State)
{
    public const string EventName = "part";
}
