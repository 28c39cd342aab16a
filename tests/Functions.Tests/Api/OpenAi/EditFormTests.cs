using System.Net.Http.Headers;
using System.Text;
using Darkroom.Api.OpenAi;
using Darkroom.TestKit;
using FsCheck.Fluent;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Darkroom.Functions.Tests.Api.OpenAi;

public sealed class EditFormTests
{
    private static readonly byte[] Png = [
        0x89, .. "PNG\r\n\u001a\n"u8, 0, 0, 0, 13, .. "IHDR"u8, 0, 0, 0, 8, 0, 0, 0, 8, 8, 2, 0, 0, 0, 0, 0, 0, 0];

    [Theory]
    [InlineData("image")]
    [InlineData("image[]")]
    public async Task ReadAsync_FieldsAndPictures_AreRead(string name)
    {
        using var form = new MultipartFormDataContent { { new StringContent("a cat"), "prompt" }, { new StringContent("2"), "n" } };
        form.Add(new ByteArrayContent(Png), name, "a.bin");
        form.Add(new ByteArrayContent(Png), name, "b.bin");
        var read = Assert.IsType<EditFormReading.Read>(await ReadAsync(form));
        Assert.Equal(2, read.Pictures.Count);
        Assert.All(read.Pictures, url => Assert.Equal($"data:image/png;base64,{Convert.ToBase64String(Png)}", url));
        Assert.Equal(["prompt", "n"], read.Fields.Left);
    }

    [Fact]
    public async Task ReadAsync_SixteenPictures_AreRead_SeventeenAreRefused()
    {
        using var most = PicturesOf(EditForm.MaxPictures);
        Assert.Equal(EditForm.MaxPictures, Assert.IsType<EditFormReading.Read>(await ReadAsync(most)).Pictures.Count);
        using var more = PicturesOf(EditForm.MaxPictures + 1);
        await RefusedAsync(more, StatusCodes.Status400BadRequest, "\"param\":\"image\"");
    }

    [Theory]
    [InlineData("mask")]
    [InlineData("markup")]
    public async Task ReadAsync_Mask_IsRefusedByName(string name)
    {
        using var form = PicturesOf(1);
        form.Add(new ByteArrayContent(Png), name, "mask.png");
        await RefusedAsync(form, StatusCodes.Status400BadRequest, $"\"param\":\"{name}\"");
    }

    [Fact]
    public async Task ReadAsync_FileThatIsNoPicture_IsRefused()
    {
        foreach (var bytes in new byte[][] { [], [1, 2, 3], [.. "GIF89a\u0001\u0000\u0001\u0000"u8], Png[..12], [.. "<svg/>"u8] })
        {
            using var form = new MultipartFormDataContent { { new ByteArrayContent(bytes), "image", "a.png" } };
            await RefusedAsync(form, StatusCodes.Status400BadRequest, "not a PNG, JPEG or WebP");
        }
    }

    [Fact]
    public async Task ReadAsync_NoPicture_IsRefused()
    {
        using var form = new MultipartFormDataContent { { new StringContent("a cat"), "prompt" } };
        await RefusedAsync(form, StatusCodes.Status400BadRequest, "\"param\":\"image\"");
    }

    [Theory]
    [InlineData(1, EditForm.MaxPictureBytes + 1)]
    [InlineData(3, (EditForm.MaxTotalBytes / 3) + 1)]
    public async Task ReadAsync_PicturesOverTheLimit_AreTooLarge(int count, int length)
    {
        using var form = PicturesOf(count, length);
        await RefusedAsync(form, StatusCodes.Status413PayloadTooLarge, "too_large");
    }

    [Fact]
    public async Task ReadAsync_ManyOrLongOrInvalidFields_AreRefused()
    {
        using var many = new MultipartFormDataContent();
        for (var number = 0; number < 60; number++)
            many.Add(new StringContent("x"), $"f{number}");
        await RefusedAsync(many, StatusCodes.Status400BadRequest, "parts");
        using var large = new MultipartFormDataContent { { new StringContent(new string('x', 65 << 10)), "prompt" } };
        await RefusedAsync(large, StatusCodes.Status400BadRequest, "\"param\":\"prompt\"");
        using var invalid = new MultipartFormDataContent { { new ByteArrayContent([0xFF, 0xFE]), "prompt" } };
        await RefusedAsync(invalid, StatusCodes.Status400BadRequest, "\"param\":\"prompt\"");
    }

    [Theory]
    [InlineData("application/json", "{}")]
    [InlineData("application/x-www-form-urlencoded", "prompt=x")]
    [InlineData(null, "")]
    public async Task ReadAsync_AnotherContentType_IsUnsupported(string? type, string body)
    {
        using var content = new StringContent(body);
        content.Headers.ContentType = type is null ? null : new MediaTypeHeaderValue(type);
        await RefusedAsync(content, StatusCodes.Status415UnsupportedMediaType, "multipart/form-data");
    }

    [Fact]
    public async Task ReadAsync_VeryLongBoundary_IsRefused()
    {
        using var content = new StringContent("");
        content.Headers.Remove("Content-Type");
        content.Headers.TryAddWithoutValidation("Content-Type", $"multipart/form-data; boundary={new string('b', 5000)}");
        await RefusedAsync(content, StatusCodes.Status400BadRequest, "boundary");
    }

    [Fact]
    public void ReadAsync_GeneratedBytes_NeverThrows() => Properties.ForAll(
        from start in Gen.Elements("", "--b\r\n", "--b\r\nContent-Disposition: form-data; name=image\r\n\r\n", "--b\r\n\r\nx\r\n--b--")
        from rest in Gen.Choose(0, 255).Select(value => (byte)value).ArrayOf()
        select Encoding.Latin1.GetBytes(start).Concat(rest).ToArray(),
        bytes =>
        {
            using var content = new ByteArrayContent(bytes);
            content.Headers.TryAddWithoutValidation("Content-Type", "multipart/form-data; boundary=b");
            return ReadAsync(content).GetAwaiter().GetResult() is EditFormReading.Refused;
        },
        cases: 1000);

    private static MultipartFormDataContent PicturesOf(int count, int length = 0)
    {
        var form = new MultipartFormDataContent();
        for (var number = 0; number < count; number++)
            form.Add(new ByteArrayContent([.. Png, .. new byte[Math.Max(0, length - Png.Length)]]), "image[]", "a.png");
        return form;
    }

    private static async Task<EditFormReading> ReadAsync(HttpContent content) =>
        await EditForm.ReadAsync((await RequestOfAsync(content)).Request, TestContext.Current.CancellationToken);

    private static async Task<DefaultHttpContext> RequestOfAsync(HttpContent content)
    {
        var http = new DefaultHttpContext { Request = { Body = await content.ReadAsStreamAsync(), Path = "/v1/images/edits" } };
        http.Request.ContentType = content.Headers.TryGetValues("Content-Type", out var type) ? type.Single() : null;
        return http;
    }

    private static async Task RefusedAsync(HttpContent content, int status, string text)
    {
        await using var services = new ServiceCollection().AddLogging().BuildServiceProvider();
        var http = await RequestOfAsync(content);
        using var body = new MemoryStream();
        (http.RequestServices, http.Response.Body) = (services, body);
        var refused = Assert.IsType<EditFormReading.Refused>(await EditForm.ReadAsync(http.Request, TestContext.Current.CancellationToken));
        await refused.Problem.ExecuteAsync(http);
        Assert.Equal(status, http.Response.StatusCode);
        Assert.Contains(text, Encoding.UTF8.GetString(body.ToArray()), StringComparison.Ordinal);
    }
}
