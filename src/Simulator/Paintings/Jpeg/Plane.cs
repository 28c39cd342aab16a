namespace Darkroom.Simulator.Paintings.Jpeg;

/// <summary>One component of a band of the picture, around zero as the cosine transform wants it.</summary>
sealed class Plane(int width, int height)
{
    readonly float[] samples = new float[width * height];

    public Span<float> Row(int y) => samples.AsSpan(y * width, width);

    public void Clear() => samples.AsSpan().Clear();
}
