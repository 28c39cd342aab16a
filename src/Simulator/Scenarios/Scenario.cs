using Darkroom.Simulator.Tasks;

namespace Darkroom.Simulator.Scenarios;

/// <summary>
/// A named deviation from the default behaviour of upstream. It changes only the members that are set, so several scenarios can apply
/// together.
/// </summary>
/// <param name="Name">The name that the control endpoint uses.</param>
/// <param name="About">A description in one line.</param>
public sealed record Scenario(string Name, string About)
{
    /// <summary>The result of the submit; null if the scenario does not change it.</summary>
    public SubmitTwist? Submit { get; init; }

    /// <summary>Changes the format of the answers.</summary>
    public Func<Dialect, Dialect>? Spells { get; init; }

    /// <summary>Returns the reply to a look, or null for the default reply.</summary>
    public Func<Look, Reply?>? Look { get; init; }

    /// <summary>Whether the task fails.</summary>
    public bool Fails { get; init; }

    /// <summary>Changes a picture's link before it is sent.</summary>
    public Func<string, string>? Links { get; init; }

    /// <summary>Returns the reply to a picture request, or null for the default reply.</summary>
    public Func<PictureRequest, Reply?>? Picture { get; init; }

    /// <summary>The number of pictures of the task.</summary>
    public int? Pictures { get; init; }

    /// <summary>Whether pictures are JPEGs.</summary>
    public bool? Jpeg { get; init; }

    /// <summary>The minimum size of a picture's file. The file is padded to this size.</summary>
    public long? PictureBytes { get; init; }
}

/// <summary>The result of a submit.</summary>
/// <param name="Accepts">Whether the task is accepted (and charged), whatever the reply says.</param>
/// <param name="Reply">The reply to the caller.</param>
public sealed record SubmitTwist(bool Accepts, Reply Reply);

/// <summary>One look at a task.</summary>
/// <param name="Task">The task.</param>
/// <param name="Number">The number of the look at this task, from 1.</param>
/// <param name="Now">The time of the look.</param>
/// <param name="Plain">The body of the default reply.</param>
public sealed record Look(SimulatedTask Task, int Number, DateTimeOffset Now, string Plain)
{
    /// <summary>The time since the submit.</summary>
    public TimeSpan SinceSubmit => Now - Task.SubmittedAt;

    public bool HasEnded => Now >= Task.EndsAt;
}

/// <summary>One request for a picture.</summary>
/// <param name="Task">The task.</param>
/// <param name="Index">The index of the picture in its task, from 0.</param>
/// <param name="Number">The number of the picture request of this task, from 1.</param>
/// <param name="LinkNumber">The number of the link that was used, from 1. Each answer with links has the next number.</param>
public sealed record PictureRequest(SimulatedTask Task, int Index, int Number, int LinkNumber);
