using System.Globalization;
using System.Net;

namespace Darkroom.ModelScope.Requests;

/// <summary>Decides which URLs may be sent to ModelScope as a picture to edit. Only the text is checked; no name is resolved.</summary>
public static class ImageUrlRules
{
    /// <summary>Returns one sentence that says why <paramref name="url"/> is refused, or null if it is allowed.</summary>
    public static string? Problem(string? url)
    {
        if (string.IsNullOrWhiteSpace(url))
            return "Must be an https address or a data: URL.";

        if (url.StartsWith("data:", StringComparison.OrdinalIgnoreCase))
        {
            return url.StartsWith("data:image/", StringComparison.OrdinalIgnoreCase) && url.Contains(',', StringComparison.Ordinal)
                ? null
                : "A data: URL must hold a picture: data:image/png;base64,…";
        }

        if (!Uri.TryCreate(url, UriKind.Absolute, out var uri) || uri.Scheme != Uri.UriSchemeHttps || uri.Host.Length == 0)
            return "Must be an https address or a data: URL.";
        if (uri.UserInfo.Length > 0)
            return "Must not contain a user name or password.";
        if (!IsPlain(uri.Host))
            return "The host contains characters that look like others (IDN homographs). Use the ASCII form.";
        return IsPrivate(uri) ? "Must be a public address: upstream cannot reach a private or loopback host." : null;
    }

    // Resolvers map full-width, circled and mathematical characters to plain ones, so ①②⑦.0.0.1 would be 127.0.0.1. Real
    // international names contain only letters and combining marks.
    private static bool IsPlain(string host) => host.All(letter =>
        char.IsAscii(letter)
        || (letter is not (>= '\u2100' and <= '\u214F') and not (>= '\uFB00' and <= '\uFFFF')
            && char.GetUnicodeCategory(letter) is UnicodeCategory.OtherLetter or UnicodeCategory.LowercaseLetter
                or UnicodeCategory.UppercaseLetter
                or UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark));

    private static bool IsPrivate(Uri uri)
    {
        // Uri has already normalized octal, hexadecimal and single-number IPv4 addresses.
        var host = uri.IdnHost.TrimEnd('.');
        if (host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase))
            return true;

        return IPAddress.TryParse(host.Trim('[', ']'), out var address) && PrivateNetworks.Contains(address);
    }
}
