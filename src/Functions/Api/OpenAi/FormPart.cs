using System.Text;
using Darkroom.ModelScope.Pictures;

namespace Darkroom.Api.OpenAi;

/// <summary>Reads one part of a form.</summary>
internal static class FormPart
{
    /// <summary>The bytes of a part; null if it is longer than <paramref name="most"/>.</summary>
    public static async Task<byte[]?> BytesOfAsync(Stream part, int most, CancellationToken cancellation)
    {
        using var bytes = new MemoryStream();
        var block = new byte[64 << 10];
        while (await part.ReadAsync(block, cancellation) is var read && read > 0)
        {
            if (bytes.Length + read > most)
                return null;
            bytes.Write(block, 0, read);
        }

        return bytes.ToArray();
    }

    /// <summary>The text of a part; null if it is too long or not UTF-8.</summary>
    public static async Task<string?> TextOfAsync(Stream part, int most, CancellationToken cancellation)
    {
        try
        {
            return await BytesOfAsync(part, most, cancellation) is { } bytes ? Utf8.GetString(bytes) : null;
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    /// <summary>
    /// The data: URL of a picture; null if the bytes are no PNG, JPEG or WebP. The declared Content-Type is ignored, because clients send
    /// any, or none.
    /// </summary>
    public static string? DataUrlOf(byte[] bytes) =>
        HeaderReader.Read(bytes.AsSpan(0, Math.Min(bytes.Length, HeaderReader.LongestPrefix)), out var header) == HeaderVerdict.Found
        && header.Format != PictureFormat.Gif
            ? $"data:{header.Format.ContentType()};base64,{Convert.ToBase64String(bytes)}"
            : null;

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
}
