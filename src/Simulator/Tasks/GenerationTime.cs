namespace Darkroom.Simulator.Tasks;

/// <summary>The run time of a task by the size of its picture, from measurements of the real service.</summary>
public static class GenerationTime
{
    private static readonly (double Pixels, double Seconds)[] Measured =
    [
        (64 * 64, 1.0), (256 * 256, 1.2), (512 * 512, 1.7), (1024 * 1024, 5.8), (1440 * 1440, 12.0),
    ];

    /// <summary>Interpolates linearly between the measured points. Beyond the last point the time is proportional to the pixels.</summary>
    public static TimeSpan For(int width, int height)
    {
        var pixels = (double)width * height;
        if (pixels <= Measured[0].Pixels)
            return TimeSpan.FromSeconds(Measured[0].Seconds);

        for (var i = 1; i < Measured.Length; i++)
        {
            var (upper, slower) = Measured[i];
            if (pixels > upper)
                continue;
            var (lower, faster) = Measured[i - 1];
            return TimeSpan.FromSeconds(faster + ((slower - faster) * (pixels - lower) / (upper - lower)));
        }

        return TimeSpan.FromSeconds(Measured[^1].Seconds * pixels / Measured[^1].Pixels);
    }
}
