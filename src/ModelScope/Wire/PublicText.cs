using System.Text;
using System.Text.RegularExpressions;

namespace Darkroom.ModelScope.Wire;

/// <summary>
/// Cleans text from ModelScope so that it can be shown and stored: it removes the token, control characters and all links except those to
/// ModelScope's own pages, and it limits the length.
/// </summary>
internal static partial class PublicText
{
    public const int Longest = 1000;

    public static string? Clean(string? text, ApiToken token)
    {
        if (string.IsNullOrWhiteSpace(text))
            return null;

        // The token is hidden first: a cut through the token would leave a part of it. Then the text is cut, so that the regular
        // expressions do not run over megabytes.
        var words = token.Hide(text);
        words = words.Length > 4 * Longest ? words[..(4 * Longest)] : words;
        words = Links().Replace(words, link => IsModelScope(link.Value) ? link.Value : "[link]");
        words = SignedParts().Replace(words, "[link]");
        var clean = new StringBuilder(Math.Min(words.Length, Longest));
        foreach (var rune in words.EnumerateRunes())
        {
            if (clean.Length >= Longest - 1)
            {
                clean.Append('…');
                break;
            }

            clean.Append(Rune.IsControl(rune) ? " " : rune.ToString());
        }

        return clean.ToString().Trim();
    }

    // Links to ModelScope's own documentation and account pages are kept because they help the user. A link with a query string may be
    // signed.
    private static bool IsModelScope(string link) =>
        Uri.TryCreate(link, UriKind.Absolute, out var uri)
        && uri.Query.Length == 0
        && (uri.Host is "modelscope.cn" or "modelscope.ai" || uri.Host.EndsWith(".modelscope.cn", StringComparison.OrdinalIgnoreCase)
            || uri.Host.EndsWith(".modelscope.ai", StringComparison.OrdinalIgnoreCase));

    [GeneratedRegex(
        @"[a-z][a-z0-9+.-]{1,20}://[^\s""'<>]+", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Links();

    [GeneratedRegex(
        @"\S*(Signature|OSSAccessKeyId|sig|x-oss-[a-z-]+)=\S+",
            RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex SignedParts();
}
