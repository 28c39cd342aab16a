using Darkroom.ModelScope.Requests;

namespace Darkroom.Jobs.Poll;

/// <summary>A kind of tasks that take about the same time: tasks with the same model, size and steps.</summary>
public sealed record TaskKind(string Model, long Pixels, int Steps)
{
    private const int UsualSide = 1024;
    private const int UsualSteps = 30;

    // Measured on the real service, by picture size. Beyond the last size, the time grows in proportion to the pixels.
    private static readonly (double Pixels, double Seconds)[] Measured =
        [(64 * 64, 1.0), (256 * 256, 1.2), (512 * 512, 1.7), (1024 * 1024, 5.8), (1440 * 1440, 12.0)];

    /// <summary>The key of its statistics.</summary>
    public string Key => $"{Model}|{Pixels}|{Steps}";

    /// <summary>The kind of a request's tasks.</summary>
    public static TaskKind Of(ImageRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return new(request.Model, request.Size?.Pixels ?? UsualSide * UsualSide, request.Steps ?? UsualSteps);
    }

    /// <summary>The kind of a task whose request is not known.</summary>
    public static TaskKind Unknown { get; } = new("", UsualSide * UsualSide, UsualSteps);

    /// <summary>The expected duration before any task of this kind was seen.</summary>
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
