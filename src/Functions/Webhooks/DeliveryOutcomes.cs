using System.Text.Json.Serialization;

namespace Darkroom.Webhooks;

/// <summary>
/// The result of <see cref="PrepareWebhook"/>. The worker writes the kind of an outcome only where it is part of a record.
/// </summary>
public sealed record PrepareResult(PrepareOutcome Outcome);

/// <summary>The result of <see cref="SendWebhook"/>.</summary>
public sealed record SendResult(SendOutcome Outcome);

/// <summary>What became of writing a message.</summary>
[JsonDerivedType(typeof(Ready), nameof(Ready))]
[JsonDerivedType(typeof(NotReady), nameof(NotReady))]
[JsonDerivedType(typeof(Nothing), nameof(Nothing))]
public abstract record PrepareOutcome
{
    private PrepareOutcome()
    {
    }

    /// <summary>The message is in storage.</summary>
    public sealed record Ready : PrepareOutcome;

    /// <summary>The end of the job is not visible yet: look again.</summary>
    public sealed record NotReady : PrepareOutcome;

    /// <summary>There is nothing to announce: the job is gone, or its next attempt has begun.</summary>
    public sealed record Nothing : PrepareOutcome;
}

/// <summary>What became of an attempt to send a message. It is kept in the history, so it contains no address.</summary>
[JsonDerivedType(typeof(Delivered), nameof(Delivered))]
[JsonDerivedType(typeof(Gone), nameof(Gone))]
[JsonDerivedType(typeof(Refused), nameof(Refused))]
[JsonDerivedType(typeof(NoAnswer), nameof(NoAnswer))]
[JsonDerivedType(typeof(Dropped), nameof(Dropped))]
public abstract record SendOutcome
{
    private SendOutcome()
    {
    }

    /// <summary>The receiver accepted it with a status from 200 to 299.</summary>
    public sealed record Delivered(int Status) : SendOutcome;

    /// <summary>The receiver answered with 410: it wants no more of it.</summary>
    public sealed record Gone : SendOutcome;

    /// <summary>The receiver answered with another status.</summary>
    /// <param name="Status">The status.</param>
    /// <param name="RetryAfterSeconds">How long to wait at least, if the receiver says so.</param>
    public sealed record Refused(int Status, int? RetryAfterSeconds) : SendOutcome;

    /// <summary>There was no answer.</summary>
    /// <param name="Error">Why, as a sentence without addresses.</param>
    public sealed record NoAnswer(string Error) : SendOutcome;

    /// <summary>There is no webhook any more, or no message.</summary>
    public sealed record Dropped : SendOutcome;
}
