using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;

namespace Darkroom.EndToEnd.Security;

/// <summary>Texts of a request reach no header, no further log line and no decompressor.</summary>
public sealed class InjectionTests(TestApp app)
{
    private const string Escape = "\u001b[2J\u202e\u2028";

    [Fact]
    public async Task Job_LineBreaksInEveryText_ReachNoHeaderAndNoLogLine()
    {
        var mark = $"forged{Guid.NewGuid():N}"[..20];
        var hostile = $"a\"; filename=x\r\nSet-Cookie: {mark}=1\r\n\r\n{mark}\n{Escape}";
        var job = await app.PostAsync(new
        {
            prompt = hostile,
            negative_prompt = hostile,
            name = hostile,
            tags = new[] { hostile },
            size = "64x64",
        });
        var end = await app.EndOfAsync(job);
        Assert.Equal("succeeded", TestApp.StatusOf(end));
        foreach (var path in new[] { "", "/files/0", "/files/0/thumbnail", "/sidecar", "/deliveries" })
        {
            using var answer = await app.Http.GetAsync($"api/images/{TestApp.IdOf(job)}{path}");
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.False(answer.Headers.Contains("Set-Cookie"));
            var parameters = answer.Content.Headers.ContentDisposition?.Parameters ?? [];
            Assert.All(parameters, parameter => Assert.StartsWith("filename", parameter.Name));
        }

        AssertNotInALineOfItsOwn(mark);
    }

    [Theory]
    [InlineData("Owner/Na\r\nSet-Cookie: x=1")]
    [InlineData("gpt-image-1\r\nSet-Cookie: x=1")]
    [InlineData("Owner/模型\u001b[2J")]
    public async Task OpenAi_ModelWithLineBreaks_SetsNoHeader(string model)
    {
        using var answer = await app.SendAsync(
            HttpMethod.Post, "v1/images/generations", new { prompt = TestApp.NewPrompt("header"), model, size = "64x64" });
        Assert.NotEqual(HttpStatusCode.InternalServerError, answer.StatusCode);
        Assert.False(answer.Headers.Contains("Set-Cookie"));
        Assert.True(
            !answer.Headers.TryGetValues("Darkroom-Model", out var told) || told.Single().All(letter => letter is >= ' ' and <= '~'));
    }

    [Fact]
    public async Task Message_LineBreaksInAField_AreOneLogLine()
    {
        var mark = $"forged{Guid.NewGuid():N}";
        var queue = await app.QueueAsync("darkroom-jobs");
        var poison = await app.QueueAsync("darkroom-jobs-poison");
        await queue.SendMessageAsync(new JsonObject { [$"x\r\n{mark}{Escape}"] = 1, ["prompt"] = "a" }.ToJsonString());
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        for (var look = 0; !await IsThereAsync(); look++)
        {
            Assert.True(look < 1200, "The message did not reach the poison queue.");
            await pace.WaitForNextTickAsync();
        }

        AssertNotInALineOfItsOwn(mark);

        async Task<bool> IsThereAsync() =>
            (await poison.PeekMessagesAsync(32)).Value.Any(message => $"{message.Body}".Contains(mark, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("api/images", "application/json", "gzip")]
    [InlineData("api/images", "application/json", "br")]
    [InlineData("api/images", "application/json", "deflate")]
    [InlineData("api/batches", "application/json", "gzip")]
    [InlineData("api/batches", "application/x-ndjson", "gzip")]
    [InlineData("api/batches", "text/csv", "br")]
    [InlineData("api/batches", "text/plain", "gzip")]
    [InlineData("v1/images/generations", "application/json", "gzip")]
    public async Task Post_CompressedBody_IsRefusedWithoutDecompression(string path, string type, string encoding)
    {
        // 64 MiB of spaces in a body that is smaller than every limit.
        using var body = new ByteArrayContent(Bomb(encoding, 64));
        Assert.InRange(body.Headers.ContentLength!.Value, 1, 900_000);
        body.Headers.ContentType = new MediaTypeHeaderValue(type);
        body.Headers.ContentEncoding.Add(encoding);
        using var answer = await app.Http.PostAsync(path, body);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    private void AssertNotInALineOfItsOwn(string mark)
    {
        var lines = (app.Host?.Output ?? "").Split('\n').Where(line => line.Contains(mark, StringComparison.Ordinal));
        Assert.All(lines, line => Assert.Matches("^[0-9-]{10}T[0-9:]{8}Z [a-z]+: ", line));
        Assert.DoesNotContain('\u001b', app.Host?.Output ?? "");
    }

    private static byte[] Bomb(string encoding, int mebibytes)
    {
        using var bytes = new MemoryStream();
        using (Stream compressed = encoding switch
        {
            "br" => new BrotliStream(bytes, CompressionLevel.Fastest),
            "deflate" => new ZLibStream(bytes, CompressionLevel.Fastest),
            _ => new GZipStream(bytes, CompressionLevel.Fastest),
        })
        {
            var block = new byte[1 << 20];
            Array.Fill(block, (byte)' ');
            for (var written = 0; written < mebibytes; written++)
                compressed.Write(block);
        }

        return bytes.ToArray();
    }
}
