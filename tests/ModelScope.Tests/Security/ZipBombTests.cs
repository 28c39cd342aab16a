using System.IO.Compression;
using System.Text;
using Darkroom.ModelScope.Failures;
using Darkroom.ModelScope.Pictures;
using Darkroom.ModelScope.Requests;
using Darkroom.ModelScope.Tasks;
using Darkroom.TestKit;

namespace Darkroom.ModelScope.Tests.Security;

/// <summary>
/// A compressed answer counts by its decompressed size, and a compressed picture is not decompressed. The answers here never end, so a
/// client without a limit would never return.
/// </summary>
public sealed class ZipBombTests
{
    private static readonly ImageRequest Cat = new() { Prompt = "a cat" };

    public static TheoryData<string> Encodings => ["gzip", "br", "deflate"];

    [Theory]
    [MemberData(nameof(Encodings))]
    public async Task GetTask_Bomb_IsAFailure(string encoding)
    {
        await using var server = Server("200 OK", encoding);
        using var client = Client(server);
        Assert.Equal(200, (await Assert.ThrowsAnyAsync<ModelScopeException>(() => client.GetTaskAsync("1"))).StatusCode);
    }

    [Theory]
    [MemberData(nameof(Encodings))]
    public async Task GetTask_BombAsAnError_IsAFailureWithoutAMessage(string encoding)
    {
        await using var server = Server("400 Bad Request", encoding);
        using var client = Client(server);
        var failure = await Assert.ThrowsAnyAsync<ModelScopeException>(() => client.GetTaskAsync("1"));
        Assert.Equal((400, null), (failure.StatusCode, failure.Reason.Message));
    }

    [Theory]
    [MemberData(nameof(Encodings))]
    public async Task Submit_Bomb_IsAmbiguous(string encoding)
    {
        await using var server = Server("200 OK", encoding);
        using var client = Client(server);
        await Assert.ThrowsAsync<AmbiguousSubmitException>(() => client.SubmitAsync(Cat));
    }

    [Theory]
    [MemberData(nameof(Encodings))]
    public async Task OpenPicture_Bomb_IsNotDecompressed(string encoding)
    {
        await using var server = Server("200 OK", encoding);
        using var client = Client(server);
        await Assert.ThrowsAsync<PictureRejectedException>(
            () => client.OpenPictureAsync(PictureSource.At(new Uri(server.Url + "a.png"))));
    }

    private static ModelScopeClient Client(RawServer server) => new(new ModelScopeOptions
    {
        BaseUrl = server.Url,
        ReadTries = 1,
        MaxAnswerBytes = 1 << 20,
        Pictures = new PictureRules { Hosts = [server.Authority], AllowHttp = true },
    });

    private static RawServer Server(string status, string encoding) => new(async (connection, _, stop) =>
    {
        var head = $"HTTP/1.1 {status}\r\nContent-Type: application/json\r\nContent-Encoding: {encoding}\r\nConnection: close\r\n\r\n";
        await connection.WriteAsync(Encoding.ASCII.GetBytes(head), stop);
        await using Stream compressed = encoding switch
        {
            "br" => new BrotliStream(connection, CompressionLevel.Fastest, leaveOpen: true),
            "deflate" => new ZLibStream(connection, CompressionLevel.Fastest, leaveOpen: true),
            _ => new GZipStream(connection, CompressionLevel.Fastest, leaveOpen: true),
        };
        await compressed.WriteAsync("{\"task_status\":\""u8.ToArray(), stop);
        var block = new byte[1 << 16];
        Array.Fill(block, (byte)'a');
        while (true)
            await compressed.WriteAsync(block, stop);
    });
}
