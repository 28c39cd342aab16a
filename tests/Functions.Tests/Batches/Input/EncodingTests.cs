using System.Text;
using Darkroom.Batches.Input;

namespace Darkroom.Functions.Tests.Batches.Input;

/// <summary>A body is read in its real encoding, or refused with an error that names what it is.</summary>
public sealed class EncodingTests
{
    private const string Cat = "金色的猫";

    private static readonly Encoding Gbk = CodePagesEncodingProvider.Instance.GetEncoding("GB18030")!;

    [Theory]
    [InlineData("utf-8", false, null)]
    [InlineData("utf-8", true, null)]
    [InlineData("utf-16", true, null)]
    [InlineData("utf-16BE", true, null)]
    [InlineData("utf-16", false, null)]
    [InlineData("utf-16BE", false, null)]
    [InlineData("gb18030", false, "gbk")]
    [InlineData("gb18030", false, "GB2312")]
    public async Task Read_EncodingDetectedOrDeclared_ReturnsTheText(string name, bool withMark, string? charset)
    {
        var encoding = name == "gb18030" ? Gbk : Encoding.GetEncoding(name);
        byte[] body = [.. withMark ? encoding.GetPreamble() : [], .. encoding.GetBytes($"{Cat} one\na cat\n{Cat} 😀\n")];
        var items = await ItemsOfBody.ReadAsync(BatchFormat.PlainText, body, charset);
        Assert.Equal([$"{Cat} one", "a cat", $"{Cat} 😀"], items.Select(item => item.Request!.Image.Prompt));
    }

    [Fact]
    public async Task Read_GbkWithoutCharset_IsRefusedAsGbk()
    {
        var refusal = await Assert.ThrowsAsync<UnreadableBodyException>(
            () => ItemsOfBody.ReadAsync(BatchFormat.PlainText, Gbk.GetBytes($"{Cat}\n"), charset: null));
        Assert.Contains("GBK", refusal.Message, StringComparison.Ordinal);
        // Also when the first GBK byte comes long after the examined beginning.
        var late = await Assert.ThrowsAsync<UnreadableBodyException>(
            () =>
                ItemsOfBody.ReadAsync(
                    BatchFormat.PlainText,
                    [.. Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("a cat\n", 20_000))), .. Gbk.GetBytes($"{Cat}\n")],
                    charset: null));
        Assert.Contains("GBK", late.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(new byte[] { 0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10 }, "PNG")]
    [InlineData(new byte[] { (byte)'P', (byte)'K', 3, 4, 20, 0 }, "Excel")]
    [InlineData(new byte[] { 0x1F, 0x8B, 8, 0 }, "gzip")]
    [InlineData(new byte[] { 1, 0, 0, 0, 7, 0, 0, 9 }, "binary")]
    [InlineData(new byte[] { 0xFF, 0xFE, 0, 0, (byte)'a', 0, 0, 0 }, "UTF-32")]
    public async Task Read_BodyThatIsNotText_IsRefusedByItsKind(byte[] body, string name)
    {
        var refusal = await Assert.ThrowsAsync<UnreadableBodyException>(
            () => ItemsOfBody.ReadAsync(BatchFormat.Ndjson, body, charset: null));
        Assert.Contains(name, refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("gbk", false)]
    [InlineData("utf-8", false)]
    [InlineData("iso-8859-1", false)]
    [InlineData("utf-16", true)]
    public async Task Read_BinaryBodyWithDeclaredCharset_IsRefused(string charset, bool takesZeros)
    {
        byte[] png = [0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10], zeros = [(byte)'a', 0, (byte)'b', 0];
        Assert.Contains(
            "PNG",
            (await Assert.ThrowsAsync<UnreadableBodyException>(() => ItemsOfBody.ReadAsync(BatchFormat.PlainText, png, charset))).Message,
            StringComparison.Ordinal);
        if (takesZeros)
            Assert.Equal("ab", (await ItemsOfBody.ReadAsync(BatchFormat.PlainText, zeros, charset))[0].Request!.Image.Prompt);
        else
            Assert.Contains(
                "zero bytes",
                (
                    await Assert.ThrowsAsync<UnreadableBodyException>(
                        () => ItemsOfBody.ReadAsync(BatchFormat.PlainText, zeros, charset))).Message,
                StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("iso-8859-1", "caf\u00e9")]
    [InlineData("iso-8859-1", Cat)]
    [InlineData("gbk", Cat)]
    [InlineData("utf-16", Cat)]
    public async Task Read_Utf8DeclaredAsAnotherCharset_IsRefusedAsUtf8(string charset, string prompt)
    {
        if (charset == "iso-8859-1")
        {
            // Also when the first non-ASCII byte comes long after the examined beginning.
            byte[] body = [
                .. Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("a cat\n", 20_000))), .. Encoding.UTF8.GetBytes(prompt)];
            Assert.Contains(
                "charset=utf-8",
                (
                    await Assert.ThrowsAsync<UnreadableBodyException>(
                        () => ItemsOfBody.ReadAsync(BatchFormat.PlainText, body, charset))).Message,
                StringComparison.Ordinal);
        }

        var refusal = await Assert.ThrowsAsync<UnreadableBodyException>(
            () => ItemsOfBody.ReadAsync(BatchFormat.PlainText, Encoding.UTF8.GetBytes($"a cat\n{prompt}\n"), charset));
        Assert.Contains("charset=utf-8", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("iso-8859-1", "caf\u00e9")]
    [InlineData("iso-8859-1", "a cat")]
    [InlineData("gbk", "\u732b")]
    [InlineData("gbk", "a cat")]
    public async Task Read_CharsetDeclaredCorrectly_ReturnsTheText(string charset, string prompt)
    {
        // The two bytes of this Chinese character in GBK are also a valid two-byte sequence of UTF-8.
        var encoding = charset == "gbk" ? Gbk : Encoding.Latin1;
        Assert.Equal(
            prompt, (await ItemsOfBody.ReadAsync(BatchFormat.PlainText, encoding.GetBytes(prompt), charset))[0].Request!.Image.Prompt);
        byte[] late = [.. Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("a cat\n", 20_000))), .. encoding.GetBytes(prompt)];
        Assert.Equal(prompt, (await ItemsOfBody.ReadAsync(BatchFormat.PlainText, late, charset))[^1].Request!.Image.Prompt);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("utf-8")]
    [InlineData("gbk")]
    public async Task Read_NulFarFromTheBeginning_IsRefused(string? charset)
    {
        byte[] body = [
            .. Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("a cat\n", 20_000))), (byte)'b', 0, (byte)'c', (byte)'\n'];
        Assert.Contains(
            "NUL",
            (await Assert.ThrowsAsync<UnreadableBodyException>(() => ItemsOfBody.ReadAsync(BatchFormat.PlainText, body, charset))).Message,
            StringComparison.Ordinal);
    }
}
