namespace Darkroom.Webhooks;

/// <summary>
/// The progress of a delivery, as a value: <see cref="Next"/> says what to do, and <see cref="On"/> what an event changes. It is the input
/// and the output of the orchestration, so it contains no address and no secret.
/// </summary>
/// <param name="Order">The message.</param>
public sealed record DeliveryState(DeliveryOrder Order)
{
    /// <summary>The maximum number of looks at a job whose end is not visible yet.</summary>
    public const int MaxLooks = 30;

    /// <summary>The maximum number of steps that may fail, each after retries for a quarter of an hour.</summary>
    public const int MaxTroubles = 100;

    private static readonly TimeSpan LongestLook = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan AfterTrouble = TimeSpan.FromMinutes(5);

    public DeliveryPhase Phase { get; init; }

    /// <summary>The number of attempts so far, including those before a redelivery.</summary>
    public int Tries { get; init; }

    /// <summary>The position of the next attempt in the schedule, from 0.</summary>
    public int Step { get; init; }

    /// <summary>When the next step is due.</summary>
    public DateTime NextAt { get; init; }

    /// <summary>The number of looks at a job whose end was not visible.</summary>
    public int Looks { get; init; }

    /// <summary>The number of steps that failed because storage was not available.</summary>
    public int Troubles { get; init; }

    /// <summary>What to do now.</summary>
    public DeliveryStep Next(DateTime now) => Phase switch
    {
        DeliveryPhase.Preparing or DeliveryPhase.Sending when NextAt > now => new DeliveryStep.Wait(NextAt),
        DeliveryPhase.Preparing => new DeliveryStep.Prepare(),
        DeliveryPhase.Sending => new DeliveryStep.Send(Tries + 1),
        _ => new DeliveryStep.End(),
    };

    /// <summary>The state after an event.</summary>
    public DeliveryState On(DeliveryEvent happened, DateTime now) => happened switch
    {
        DeliveryEvent.Prepared prepared when Phase == DeliveryPhase.Preparing => OnPrepared(prepared.Outcome, now),
        DeliveryEvent.Sent sent when Phase == DeliveryPhase.Sending => OnSent(sent.Outcome, now),
        DeliveryEvent.Failed when Phase is DeliveryPhase.Preparing or DeliveryPhase.Sending => Troubles + 1 >= MaxTroubles
            ? this with { Phase = DeliveryPhase.GivenUp }
            : this with { Troubles = Troubles + 1, NextAt = now + AfterTrouble },
        // Somebody asked for it, probably after the receiver was repaired: the schedule begins again.
        DeliveryEvent.Redelivered when Phase == DeliveryPhase.Sending => this with { Step = 0, NextAt = now },
        _ => this,
    };

    private DeliveryState OnPrepared(PrepareOutcome outcome, DateTime now) => outcome switch
    {
        PrepareOutcome.Ready => this with { Phase = DeliveryPhase.Sending, NextAt = now },
        PrepareOutcome.NotReady when Looks + 1 < MaxLooks => this with { Looks = Looks + 1, NextAt = now + LookAfter(Looks) },
        _ => this with { Phase = DeliveryPhase.Dropped },
    };

    private DeliveryState OnSent(SendOutcome outcome, DateTime now)
    {
        var tried = this with { Tries = Tries + 1, Step = Step + 1 };
        return outcome switch
        {
            SendOutcome.Delivered => tried with { Phase = DeliveryPhase.Delivered },
            SendOutcome.Gone => tried with { Phase = DeliveryPhase.Refused },
            SendOutcome.Dropped => this with { Phase = DeliveryPhase.Dropped },
            _ when tried.Step >= DeliverySchedule.Attempts => tried with { Phase = DeliveryPhase.GivenUp },
            SendOutcome.Refused { RetryAfterSeconds: { } wait } => tried.After(TimeSpan.FromSeconds(wait), now),
            _ => tried.After(TimeSpan.Zero, now),
        };
    }

    private DeliveryState After(TimeSpan retryAfter, DateTime now) =>
        this with { NextAt = now + DeliverySchedule.WaitBefore(Step, Order.MessageId, retryAfter) };

    private static TimeSpan LookAfter(int looks)
    {
        var wait = TimeSpan.FromSeconds(1 << Math.Min(looks, 10));
        return wait < LongestLook ? wait : LongestLook;
    }
}

public enum DeliveryPhase
{
    /// <summary>The message is not written yet.</summary>
    Preparing,

    /// <summary>The message is sent until it is accepted.</summary>
    Sending,

    /// <summary>The receiver accepted the message.</summary>
    Delivered,

    /// <summary>The receiver wants no more of it (410).</summary>
    Refused,

    /// <summary>Every attempt failed.</summary>
    GivenUp,

    /// <summary>There is nothing to send: the webhook or the job is gone, or a resubmit was faster than the message.</summary>
    Dropped,
}
