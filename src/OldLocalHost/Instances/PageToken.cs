using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace Darkroom.LocalHost.Instances;

/// <summary>Where a page ended, so that the next one begins behind it even if instances came or went meanwhile.</summary>
internal sealed record PageToken(DateTime CreatedAt, string Id)
{
    public override string ToString() => Base64Url.EncodeToString(Encoding.UTF8.GetBytes($"{CreatedAt.Ticks:x}.{Id}"));

    /// <exception cref="ArgumentException">It is not a token that a page ended with.</exception>
    public static PageToken? Parse(string? text)
    {
        if (string.IsNullOrEmpty(text))
            return null;

        try
        {
            var plain = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(text));
            var dot = plain.IndexOf('.', StringComparison.Ordinal);
            return new PageToken(new DateTime(long.Parse(plain[..dot], NumberStyles.HexNumber), DateTimeKind.Utc), plain[(dot + 1)..]);
        }
        catch (Exception exception) when (exception is FormatException or ArgumentException or OverflowException)
        {
            throw new ArgumentException("The continuation token is not one that was given out.", nameof(text), exception);
        }
    }
}
