namespace Darkroom.TestKit.Faults;

/// <summary>
/// Chooses the faults of storage at random. The same seed gives the same sequence, but requests can come in another order.
/// </summary>
public sealed class StorageFaults(int seed)
{
    // Of 1,000 requests. A picture takes about 60 requests, so about every other picture meets a fault.
    private static readonly (StorageFault Fault, int Weight)[] Weights =
    [
        (StorageFault.Delay, 4), (StorageFault.Drop, 1), (StorageFault.LoseAnswer, 1), (StorageFault.Repeat, 1),
        (StorageFault.InternalError, 1), (StorageFault.Unavailable, 1),
    ];

    private readonly Lock _lock = new();
    private readonly Random _chance = new(seed);

    /// <summary>The next fault, with the time by which the request is late.</summary>
    public (StorageFault Fault, TimeSpan Late) Next()
    {
        lock (_lock)
        {
            var draw = _chance.Next(1000);
            var late = TimeSpan.FromMilliseconds(_chance.Next(50, 3000));
            foreach (var (fault, weight) in Weights)
            {
                if ((draw -= weight) < 0)
                    return (fault, late);
            }

            return (StorageFault.None, TimeSpan.Zero);
        }
    }
}
