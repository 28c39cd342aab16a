using Darkroom.ModelScope.Pictures;

namespace Darkroom.ModelScope.Tests.Pictures;

/// <summary>Whether the last bytes of a picture are its end.</summary>
public sealed class PictureTailTests
{
    [Theory]
    [InlineData(new byte[] { 1, 2, 0x3B }, true)]
    [InlineData(new byte[] { 1, 2, 0x3B, 0, 0 }, true)]
    [InlineData(new byte[] { 1, 0x3B, 2 }, false)]
    [InlineData(new byte[] { 0, 0 }, false)]
    public void Ends_OfAGif_IsItsTrailerAtTheEnd(byte[] last, bool ends) => Assert.Equal(ends, Ends(PictureFormat.Gif, last));

    [Theory]
    [InlineData(new byte[] { 0xFF, 0xD9 }, true)]
    [InlineData(new byte[] { 0xFF, 0xD9, 7, 7 }, true)]
    [InlineData(new byte[] { 0xFF, 7 }, false)]
    public void Ends_OfAJpeg_IsItsMarkerNearTheEnd(byte[] last, bool ends) => Assert.Equal(ends, Ends(PictureFormat.Jpeg, last));

    [Fact]
    public void Append_PieceByPiece_KeepsTheLastBytes()
    {
        var tail = new PictureTail();
        foreach (var piece in new byte[][] { new byte[2000], [0xFF], [0xD9], new byte[1000] })
            tail.Append(piece);
        Assert.True(tail.Ends(PictureFormat.Jpeg));
        tail.Append(new byte[100]);
        Assert.False(tail.Ends(PictureFormat.Jpeg));
    }

    private static bool Ends(PictureFormat format, byte[] last)
    {
        var tail = new PictureTail();
        tail.Append(new byte[5000]);
        tail.Append(last);
        return tail.Ends(format);
    }
}
