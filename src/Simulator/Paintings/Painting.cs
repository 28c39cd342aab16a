namespace Darkroom.Simulator.Paintings;

/// <summary>
/// A landscape that follows from its four values and nothing else: equal paintings have equal pixels on every machine and in every run.
/// </summary>
public sealed record Painting(string Prompt, int Seed, int Width, int Height)
{
    /// <summary>The longest side a painting may have.</summary>
    public const int LargestSide = 8192;

    public string Prompt { get; init; } = Prompt ?? throw new ArgumentNullException(nameof(Prompt));

    public int Width { get; init => field = CheckedSide(value, nameof(Width)); } = CheckedSide(Width, nameof(Width));

    public int Height { get; init => field = CheckedSide(value, nameof(Height)); } = CheckedSide(Height, nameof(Height));

    /// <summary>Prepares to paint. Each thread needs a brush of its own.</summary>
    public Brush PickUpBrush() => new(this);

    static int CheckedSide(int value, string name)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value, 1, name);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(value, LargestSide, name);
        return value;
    }
}
