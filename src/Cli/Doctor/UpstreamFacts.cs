namespace Darkroom.Cli.Doctor;

/// <summary>What the probes found out about ModelScope.</summary>
internal sealed record UpstreamFacts
{
    /// <summary>Where the token was found; null if there is none. The token itself is not kept.</summary>
    public string? TokenPlace { get; init; }

    /// <summary>The endpoint; null if ModelScope is simulated.</summary>
    public string? BaseUrl { get; init; }

    public UpstreamAnswer Answer { get; init; }

    /// <summary>The error of the call, if there was one.</summary>
    public string? Error { get; init; }

    /// <summary>The credits that can be spent; null if the balance is not known.</summary>
    public decimal? Credits { get; init; }

    /// <summary>Why the balance is not known.</summary>
    public string? CreditsError { get; init; }
}

/// <summary>How ModelScope answered a call that costs nothing.</summary>
internal enum UpstreamAnswer
{
    NotAsked,
    Accepted,

    /// <summary>401 or 403.</summary>
    Refused,

    /// <summary>No connection, or no answer in time.</summary>
    Unreachable,

    /// <summary>Any other error answer.</summary>
    Trouble,
}
