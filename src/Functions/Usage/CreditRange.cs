namespace Darkroom.Usage;

/// <summary>What tasks cost, as a range: ModelScope publishes no price list by model and size.</summary>
/// <param name="Min">The cost if every task that brought a picture has the lowest price.</param>
/// <param name="Max">The cost if every task that may be charged has the highest price.</param>
public sealed record CreditRange(decimal Min, decimal Max)
{
    // Observed prices of calls.
    private const decimal Cheapest = 0.5m;
    private const decimal Dearest = 2m;

    /// <summary>The range for tasks.</summary>
    /// <param name="charged">The tasks that are certainly charged.</param>
    /// <param name="possible">The tasks that may be charged, the certain ones included.</param>
    public static CreditRange Of(long charged, long possible) => new(charged * Cheapest, possible * Dearest);
}
