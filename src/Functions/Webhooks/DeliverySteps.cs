namespace Darkroom.Webhooks;

/// <summary>What a delivery does next.</summary>
public abstract record DeliveryStep
{
    private DeliveryStep()
    {
    }

    /// <summary>Writes the message.</summary>
    public sealed record Prepare : DeliveryStep;

    /// <summary>Sends the message.</summary>
    /// <param name="Try">The number of the attempt, from 1.</param>
    public sealed record Send(int Try) : DeliveryStep;

    /// <summary>Waits until a time, or until a redelivery is asked for.</summary>
    public sealed record Wait(DateTime Until) : DeliveryStep;

    /// <summary>The delivery is over.</summary>
    public sealed record End : DeliveryStep;
}

/// <summary>What happened to a delivery.</summary>
public abstract record DeliveryEvent
{
    private DeliveryEvent()
    {
    }

    /// <summary>The message was written, or could not be.</summary>
    public sealed record Prepared(PrepareOutcome Outcome) : DeliveryEvent;

    /// <summary>The message was sent, or could not be.</summary>
    public sealed record Sent(SendOutcome Outcome) : DeliveryEvent;

    /// <summary>A step failed after all its retries.</summary>
    public sealed record Failed : DeliveryEvent;

    /// <summary>A caller asked for the message again.</summary>
    public sealed record Redelivered : DeliveryEvent;
}
