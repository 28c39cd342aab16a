namespace Darkroom.Jobs;

/// <summary>What a task tells the job it is part of.</summary>
public sealed record PartState(int Task, JobState State)
{
    /// <summary>The name of the event.</summary>
    public const string EventName = "part";
}
