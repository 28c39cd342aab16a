using Darkroom.Simulator.Tasks;

namespace Darkroom.Simulator.Scenarios;

/// <summary>
/// A named way in which upstream departs from the plain case. It twists what it names and leaves the rest alone, so several go together.
/// </summary>
/// <param name="Name">How it is called over the control endpoint.</param>
/// <param name="About">What happens, in one line.</param>
public sealed record Scenario(string Name, string About)
{
    /// <summary>What happens to the submit.</summary>
    public SubmitTwist? Submit { get; init; }

    /// <summary>How answers are spelled.</summary>
    public Func<Dialect, Dialect>? Spells { get; init; }

    /// <summary>What a look is answered with; null from it is the plain answer.</summary>
    public Func<Look, Reply?>? Look { get; init; }

    /// <summary>Whether the task ends without a picture.</summary>
    public bool Fails { get; init; }

    /// <summary>What becomes of a picture's link before it is handed out.</summary>
    public Func<string, string>? Links { get; init; }

    /// <summary>How a request for a picture is answered; null from it is the plain answer.</summary>
    public Func<PictureRequest, Reply?>? Picture { get; init; }

    /// <summary>How many pictures the task makes.</summary>
    public int? Pictures { get; init; }

    /// <summary>Whether pictures are JPEGs.</summary>
    public bool? Jpeg { get; init; }

    /// <summary>The least length of a picture's file.</summary>
    public long? PictureBytes { get; init; }
}

/// <summary>What happens to a submit.</summary>
/// <param name="Accepts">Whether the task is accepted (and paid) all the same.</param>
/// <param name="Reply">What the caller gets.</param>
public sealed record SubmitTwist(bool Accepts, Reply Reply);

/// <summary>One look at a task.</summary>
/// <param name="Task">The task.</param>
/// <param name="Number">Which look it is, from 1.</param>
/// <param name="Now">When.</param>
/// <param name="Plain">What the plain answer would be.</param>
public sealed record Look(SimulatedTask Task, int Number, DateTimeOffset Now, string Plain)
{
    /// <summary>How long ago the task was submitted.</summary>
    public TimeSpan SinceSubmit => Now - Task.SubmittedAt;

    /// <summary>Whether the task has ended.</summary>
    public bool HasEnded => Now >= Task.EndsAt;
}

/// <summary>One request for a picture.</summary>
/// <param name="Task">The task.</param>
/// <param name="Index">Which of its pictures.</param>
/// <param name="Number">Which request for a picture of this task it is, from 1.</param>
/// <param name="LinkNumber">Which link of this task it came by, from 1.</param>
public sealed record PictureRequest(SimulatedTask Task, int Index, int Number, int LinkNumber);
