using System.Globalization;
using System.Net;

namespace Darkroom.ModelScope.Requests;

/// <summary>Reads the host of a URL without looking it up: whether its text is plain, and which address it names.</summary>
public static class HostRules
{
    // Letters that resolvers map to ASCII letters: ª, º, ĳ, ŀ, ŉ, ſ, ǆ to ǌ, ǳ.
    private const string MappedLetters =
        "\u00AA\u00BA\u0132\u0133\u013F\u0140\u0149\u017F\u01C4\u01C5\u01C6\u01C7\u01C8\u01C9\u01CA\u01CB\u01CC\u01F1\u01F2\u01F3";

    /// <summary>
    /// Returns one sentence that says why programs could disagree about the host of <paramref name="url"/>; null if they cannot. Darkroom
    /// checks the host that it reads, but another program may connect.
    /// </summary>
    /// <param name="text">The URL as it was written.</param>
    /// <param name="url">The URL as it was read.</param>
    public static string? Problem(string text, Uri url)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(url);
        if (text.Any(letter => letter == '\\' || char.IsWhiteSpace(letter) || char.IsControl(letter)))
            return "Must not contain spaces, control characters or backslashes. Encode them, such as %20.";
        var start = $"{url.Scheme}://";
        if (!text.StartsWith(start, StringComparison.OrdinalIgnoreCase))
            return $"Must start with {start}";
        if (text[start.Length..].Split('/', '?', '#')[0].Contains('%', StringComparison.Ordinal))
            return "The host must not contain percent-encoded characters. Write them as they are.";
        if (!IsPlain(url))
            return "The host contains characters that look like others (IDN homographs). Use the ASCII form.";
        if (AsciiHost(url) is not { } host)
            return "The host is not a valid international name (IDN). Use the ASCII form.";
        return Literals(host).Count == 0 && EndsInNumber(host)
            ? "The host ends in a number, but it is not an IPv4 address. Write the address with four decimal numbers."
            : null;
    }

    /// <summary>
    /// The host in its ASCII form; null if it has none. <see cref="Uri"/> accepts such a host, for example <c>xn--ß</c>.
    /// </summary>
    internal static string? AsciiHost(Uri url)
    {
        try
        {
            return url.IdnHost;
        }
        catch (UriFormatException)
        {
            return null;
        }
    }

    // Whether no character of the host stands for another one. Resolvers map full-width, circled and mathematical characters to plain ones,
    // so ①②⑦.0.0.1 would be 127.0.0.1. Real international names contain only letters and combining marks.
    private static bool IsPlain(Uri url) =>
        url.Host.All(
            letter =>
                char.IsAscii(letter)
                || (letter is not (>= '\u2100' and <= '\u214F') and not (>= '\uFB00' and <= '\uFFFF')
                    && !MappedLetters.Contains(letter, StringComparison.Ordinal)
                    && char.GetUnicodeCategory(letter) is UnicodeCategory.OtherLetter or UnicodeCategory.LowercaseLetter
                        or UnicodeCategory.UppercaseLetter
                        or UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark));

    // No public name ends in a number. Some programs read such a host as an address: they drop the high bits of a number that is too large.
    private static bool EndsInNumber(string host)
    {
        var last = host.TrimEnd('.').Split('.')[^1];
        return last.Length > 0
            && (last.All(char.IsAsciiDigit)
                || (last.StartsWith("0x", StringComparison.OrdinalIgnoreCase) && last.Skip(2).All(char.IsAsciiHexDigit)));
    }

    /// <summary>
    /// Returns the addresses that the host names literally, in any notation; both loopback addresses for localhost and its subdomains.
    /// Empty for a name that must be looked up.
    /// </summary>
    public static IReadOnlyList<IPAddress> Literals(Uri url)
    {
        ArgumentNullException.ThrowIfNull(url);
        // Uri has already normalized octal, hexadecimal and single-number IPv4 addresses.
        return AsciiHost(url) is { } host ? Literals(host) : [];
    }

    /// <summary>The same for a host without its URL.</summary>
    public static IReadOnlyList<IPAddress> Literals(string host)
    {
        ArgumentNullException.ThrowIfNull(host);
        var name = host.TrimEnd('.');
        if (name.Equals("localhost", StringComparison.OrdinalIgnoreCase) || name.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase))
            return [IPAddress.Loopback, IPAddress.IPv6Loopback];
        return IPAddress.TryParse(name.Trim('[', ']'), out var address) ? [address] : [];
    }
}
