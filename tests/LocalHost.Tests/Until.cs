namespace Darkroom.LocalHost.Tests;

/// <summary>Waits for a state, with a generous limit.</summary>
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
