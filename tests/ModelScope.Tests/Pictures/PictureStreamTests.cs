using Darkroom.ModelScope.Failures;
using Darkroom.ModelScope.Pictures;

namespace Darkroom.ModelScope.Tests.Pictures;

/// <summary>Pictures from a host that sends single bytes.</summary>
public sealed class PictureStreamTests
{
    [Fact]
    public async Task OpenAsync_SmallPicture_IsReadToItsEnd()
    {
        byte[] gif = [.. "GIF89a"u8, 16, 0, 32, 0, 0, 0, 0, 0x3B];

        await using var picture = await OpenAsync(gif);
        await picture.CopyToAsync(Stream.Null);

        Assert.Equal(new PictureHeader(PictureFormat.Gif, 16, 32), picture.Header);
        Assert.Equal(gif.Length, picture.Facts.Bytes);
    }

    // The header was read again after each byte, which were 5 * 10^11 steps.
    [Fact]
    public Task OpenAsync_EndlessHeader_IsRejected() => Assert.ThrowsAsync<PictureRejectedException>(
        () => OpenAsync([0xFF, 0xD8, .. Enumerable.Repeat((byte)0xFF, 2 * HeaderReader.LongestPrefix)]));

    private static Task<PictureStream> OpenAsync(byte[] bytes)
    {
        var rules = new PictureRules();
        var patience = new TransferTimeout(rules.IdleTimeout, rules.Timeout, TimeProvider.System);
        return PictureStream.OpenAsync(new SingleBytes(bytes), owner: null, bytes.Length, rules, patience, CancellationToken.None);
    }

    private sealed class SingleBytes(byte[] bytes) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..1], cancellationToken);
    }
}
