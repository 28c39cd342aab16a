using Darkroom.ModelScope.Requests;

namespace Darkroom.Jobs.Poll;

/// <summary>Tasks that take about the same time: model, size and steps decide it.</summary>
public sealed record TaskKind(string Model, long Pixels, int Steps)
{
    private const int UsualSide = 1024;
    private const int UsualSteps = 30;

    // Measured on the real service, by size; beyond the last in proportion.
    private static readonly (double Pixels, double Seconds)[] Measured =
        [(64 * 64, 1.0), (256 * 256, 1.2), (512 * 512, 1.7), (1024 * 1024, 5.8), (1440 * 1440, 12.0)];

    /// <summary>The key under which its statistics are kept.</summary>
    public string Key => $"{Model}|{Pixels}|{Steps}";

    /// <summary>The kind of a request's tasks.</summary>
    public static TaskKind Of(ImageRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return new(request.Model, request.Size?.Pixels ?? UsualSide * UsualSide, request.Steps ?? UsualSteps);
    }

    /// <summary>A task of which it is not known what was asked for.</summary>
    public static TaskKind Unknown { get; } = new("", UsualSide * UsualSide, UsualSteps);

    /// <summary>What to expect before any such task was seen.</summary>
    public Expectation Guess()
    {
        var seconds = Measured[^1].Seconds * Pixels / Measured[^1].Pixels;
        for (var i = 1; i < Measured.Length && Pixels <= Measured[^1].Pixels; i++)
        {
            var (upper, slower) = Measured[i];
            if (Pixels > upper)
                continue;
            var (lower, faster) = Measured[i - 1];
            seconds = faster + ((slower - faster) * Math.Max(0, Pixels - lower) / (upper - lower));
            break;
        }

        return new Expectation(seconds, seconds * 0.25);
    }
}
