using System.Security.Cryptography;
using Darkroom.ModelScope.Failures;
using Darkroom.ModelScope.Pictures;
using Darkroom.ModelScope.Tasks;
using Darkroom.Simulator.Pictures;
using Darkroom.TestKit;

namespace Darkroom.ModelScope.Tests.Client;

public sealed class PictureTests : ClientTest
{
    [Theory]
    [InlineData(null, PictureFormat.Png)]
    [InlineData("jpeg", PictureFormat.Jpeg)]
    [InlineData("lying-type", PictureFormat.Png)]
    [InlineData("no-type", PictureFormat.Png)]
    [InlineData("redirect", PictureFormat.Png)]
    [InlineData("one-megabyte", PictureFormat.Png)]
    public async Task OpenPicture_Valid_DeliversTheExactBytesAndFacts(string? scenario, PictureFormat format)
    {
        await using var picture = await OpenAsync(scenario);
        Assert.Equal(new PictureHeader(format, 64, 64), picture.Header);
        Assert.Throws<InvalidOperationException>(() => picture.Facts);

        var bytes = await ReadAllAsync(picture);
        using var original = new MemoryStream();
        PictureFile.Write(Upstream.Tasks.All.Single(), 0, original);
        Assert.Equal(original.ToArray(), bytes);
        Assert.Equal(new PictureFacts(picture.Header, bytes.Length, Convert.ToHexStringLower(SHA256.HashData(bytes))), picture.Facts);
        Assert.Equal(0, Upstream.Counters.TokenOnPictureHost);
    }

    [Fact]
    public async Task ReadAsync_SmallBuffer_GivesTheSameHash()
    {
        await using var picture = await OpenAsync("jpeg");
        using var copy = new MemoryStream();
        var few = new byte[7];
        while (await picture.ReadAsync(few) is var read && read > 0)
            copy.Write(few, 0, read);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(copy.ToArray())), picture.Facts.Sha256);
    }

    [Fact]
    public async Task OpenPicture_FourPicturesOfOneTask_AreDifferent()
    {
        var task = await DevelopAsync("four-pictures");
        var hashes = new HashSet<string>();
        foreach (var source in task.Pictures)
        {
            await using var picture = await Client.OpenPictureAsync(source);
            await ReadAllAsync(picture);
            hashes.Add(picture.Facts.Sha256);
        }

        Assert.Equal(4, hashes.Count);
    }

    [Theory]
    [InlineData("not-a-picture")]
    [InlineData("bomb")]
    [InlineData("oversize")]
    [InlineData("foreign-host")]
    [InlineData("private-host")]
    [InlineData("redirect-away")]
    [InlineData("redirect-home")]
    public async Task OpenPicture_ForbiddenContentOrHost_IsRejectedOnOpening(string scenario)
    {
        var failure = await Assert.ThrowsAsync<PictureRejectedException>(() => OpenAsync(scenario));
        Assert.False(failure.IsRetryable);
        Assert.DoesNotContain("://", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ReadAsync_TooManyUnannouncedBytes_StopsAtTheLimit()
    {
        await using var picture = await OpenAsync("oversize-unannounced");
        await Assert.ThrowsAsync<PictureRejectedException>(() => picture.CopyToAsync(Stream.Null));
        Assert.True(picture.Position <= (50L << 20) + (1 << 20));
    }

    [Theory]
    [InlineData("dead-link")]
    [InlineData("picture-500")]
    [InlineData("picture-503")]
    [InlineData("empty-picture")]
    [InlineData("redirect-loop")]
    public async Task OpenPicture_TemporaryFailure_IsRetryable(string scenario) =>
        Assert.True((await Assert.ThrowsAsync<PictureUnavailableException>(() => OpenAsync(scenario))).IsRetryable);

    [Theory]
    [InlineData("truncated")]
    [InlineData("picture-cut")]
    public async Task OpenPicture_Truncated_IsUnavailable(string scenario)
    {
        // A dropped connection can also lose bytes that were already sent, so the failure occurs on opening or while reading.
        await Assert.ThrowsAsync<PictureUnavailableException>(async () =>
        {
            await using var picture = await OpenAsync(scenario);
            await picture.CopyToAsync(Stream.Null);
        });
    }

    [Fact]
    public async Task OpenPicture_DeadFirstLink_SucceedsWithAFreshLink()
    {
        await Assert.ThrowsAsync<PictureUnavailableException>(() => OpenAsync("dead-first-link"));
        var again = await Client.GetTaskAsync(Upstream.Tasks.All.Single().Id);
        await using var picture = await Client.OpenPictureAsync(again.Pictures.Single());
        Assert.Equal(64, picture.Header.Width);
    }

    [Fact]
    public async Task OpenPicture_ExpiredLink_IsUnavailable()
    {
        var task = await DevelopAsync();
        Time.Advance(TimeSpan.FromSeconds(601));
        await Assert.ThrowsAsync<PictureUnavailableException>(() => Client.OpenPictureAsync(task.Pictures.Single()));
    }

    [Fact]
    public async Task OpenPicture_SilentHost_TimesOut()
    {
        var opening = OpenAsync("picture-silence");
        await Until(() => Upstream.Counters.Pictures == 1);
        Time.Advance(TimeSpan.FromSeconds(30));
        await Assert.ThrowsAsync<PictureUnavailableException>(() => opening);
    }

    [Fact]
    public async Task ReadAsync_EndlesslySlowHost_TimesOut()
    {
        byte[] start = [
            .. "HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n"u8,
            0x89,
            .. "PNG\r\n\u001a\n"u8,
            0,
            0,
            0,
            13,
            .. "IHDR"u8,
            0,
            0,
            0,
            64,
            0,
            0,
            0,
            64];
        await using var server = new RawServer(async (connection, _, stop) =>
        {
            await connection.WriteAsync(start, stop);
            while (true)
            {
                await connection.WriteAsync(new byte[] { 0 }, stop);
                await Task.Yield();
            }
        });
        using var client = NewClient(
            options => options with { Pictures = new PictureRules { Hosts = [server.Authority], AllowHttp = true } });
        await using var picture = await client.OpenPictureAsync(PictureSource.At(new Uri(server.Url + "a.png")));
        var one = new byte[1];
        await Assert.ThrowsAsync<PictureUnavailableException>(async () =>
        {
            while (await picture.ReadAsync(one) > 0)
                Time.Advance(TimeSpan.FromSeconds(1));
        });
        Assert.True(picture.Position < 700);
    }

    [Fact]
    public async Task ReadAsync_CanceledByCaller_ThrowsOperationCanceled()
    {
        await using var picture = await OpenAsync("one-megabyte");
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => picture.CopyToAsync(Stream.Null, cancelled.Token));
    }

    private async Task<PictureStream> OpenAsync(string? scenario) =>
        await Client.OpenPictureAsync((await DevelopAsync(scenario)).Pictures[0]);
}
