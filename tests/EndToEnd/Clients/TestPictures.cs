using Darkroom.Simulator.Paintings;

namespace Darkroom.EndToEnd;

/// <summary>Pictures that clients send.</summary>
internal static class TestPictures
{
    public static byte[] Png(int seed = 1)
    {
        using var file = new MemoryStream();
        new Painting("a picture to edit", seed, 64, 64).WritePng(file);
        return file.ToArray();
    }
}
