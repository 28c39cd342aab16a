using System.Diagnostics;

namespace Darkroom.LocalHost.Tests.Hosting;

/// <summary>Waits for what happens on another thread; gives up after half a minute of real time.</summary>
internal static class Eventually
{
    public static async Task IsTrue(Func<bool> isSo)
    {
        var watch = Stopwatch.StartNew();
        while (!isSo())
        {
            if (watch.Elapsed > TimeSpan.FromSeconds(30))
                throw new TimeoutException("It did not come about.");
            await Task.Yield();
        }
    }

    public static async Task IsTrueAsync(Func<Task<bool>> isSo)
    {
        var watch = Stopwatch.StartNew();
        while (!await isSo())
        {
            if (watch.Elapsed > TimeSpan.FromSeconds(30))
                throw new TimeoutException("It did not come about.");
        }
    }
}
