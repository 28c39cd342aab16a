namespace Darkroom.LocalHost.Tests;

/// <summary>Waits until a condition is true, for up to three minutes.</summary>
internal static class Until
{
    private const int Looks = 1800;

    public static async Task TrueAsync(Func<Task<bool>> isSo, Func<string> otherwise)
    {
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        for (var look = 0; look < Looks; look++)
        {
            if (await isSo())
                return;
            await pace.WaitForNextTickAsync();
        }

        throw new TimeoutException(otherwise());
    }
}
