namespace Darkroom.TestKit;

/// <summary>Waits until a condition is true, for up to three minutes.</summary>
public static class Until
{
    private const int Looks = 1800;

    /// <summary>Waits; throws with the given text if it takes too long.</summary>
    public static async Task TrueAsync(Func<Task<bool>> isSo, Func<string> otherwise, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(isSo);
        ArgumentNullException.ThrowIfNull(otherwise);
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        for (var look = 0; look < Looks; look++)
        {
            if (await isSo())
                return;
            await pace.WaitForNextTickAsync(cancellation);
        }

        throw new TimeoutException(otherwise());
    }
}
