using System.Globalization;
using System.Net;

namespace Darkroom.ModelScope.Requests;

/// <summary>Which addresses may be handed to upstream as a picture to edit. Only the text is judged: nothing is looked up.</summary>
public static class ImageUrlRules
{
    /// <summary>One sentence on why <paramref name="url"/> is refused; null when it is fine.</summary>
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
            return "Must not carry a user name or password.";
        if (!IsPlain(uri.Host))
            return "Must name its host in plain letters: digits and letters in costume may stand for another host.";
        return IsPrivate(uri) ? "Must be a public address: upstream cannot reach a private or loopback host." : null;
    }

    // A resolver folds full-width, circled and mathematical characters into plain ones: ①②⑦.0.0.1 would be this machine. Real
    // international names are made of the letters of a script, and of nothing else.
    private static bool IsPlain(string host) => host.All(letter =>
        char.IsAscii(letter)
        || (letter is not (>= '\u2100' and <= '\u214F') and not (>= '\uFB00' and <= '\uFFFF')
            && char.GetUnicodeCategory(letter) is UnicodeCategory.OtherLetter or UnicodeCategory.LowercaseLetter
                or UnicodeCategory.UppercaseLetter
                or UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark));

    private static bool IsPrivate(Uri uri)
    {
        // Uri itself has folded octal, hex and single-number IPv4.
        var host = uri.IdnHost.TrimEnd('.');
        if (host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase))
            return true;

        return IPAddress.TryParse(host.Trim('[', ']'), out var address) && PrivateNetworks.Contains(address);
    }
}
