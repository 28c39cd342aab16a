namespace Darkroom.Simulator.Paintings.Landscape;

/// <summary>
/// The picture's edges, and the two lengths by which everything inside is measured, so that it holds at every size and shape.
/// </summary>
sealed record Frame(int Width, int Height)
{
    /// <summary>How wide things are. The shorter side: a panorama shows more hills, not broader ones.</summary>
    public float Unit => Math.Min(Width, Height);

    /// <summary>How tall things are. Half way to the height, for in a tall scroll the mountains rise too.</summary>
    public float Rise => MathF.Sqrt(Unit * Height);
}
