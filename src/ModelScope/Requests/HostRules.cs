using System.Globalization;
using System.Net;

namespace Darkroom.ModelScope.Requests;

/// <summary>Reads the host of a URL without looking it up: whether its text is plain, and which address it names.</summary>
public static class HostRules
{
    /// <summary>The problem of a host that is not <see cref="IsPlain"/>, as a sentence for the caller.</summary>
    public const string NotPlain = "The host contains characters that look like others (IDN homographs). Use the ASCII form.";

    /// <summary>
    /// Returns whether no character of the host stands for another one. Resolvers map full-width, circled and mathematical characters to
    /// plain ones, so ①②⑦.0.0.1 would be 127.0.0.1. Real international names contain only letters and combining marks.
    /// </summary>
    public static bool IsPlain(Uri url)
    {
        ArgumentNullException.ThrowIfNull(url);
        return url.Host.All(
            letter =>
                char.IsAscii(letter)
                || (letter is not (>= '\u2100' and <= '\u214F') and not (>= '\uFB00' and <= '\uFFFF')
                    && char.GetUnicodeCategory(letter) is UnicodeCategory.OtherLetter or UnicodeCategory.LowercaseLetter
                        or UnicodeCategory.UppercaseLetter
                        or UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark));
    }

    /// <summary>
    /// Returns the addresses that the host names literally, in any notation; both loopback addresses for localhost and its subdomains.
    /// Empty for a name that must be looked up.
    /// </summary>
    public static IReadOnlyList<IPAddress> Literals(Uri url)
    {
        ArgumentNullException.ThrowIfNull(url);
        // Uri has already normalized octal, hexadecimal and single-number IPv4 addresses.
        return Literals(url.IdnHost);
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
