using System.Text;
using System.Text.RegularExpressions;

namespace Darkroom.ModelScope.Wire;

/// <summary>
/// Makes upstream's words fit to be shown and kept: no token, no link that opens anything, no control characters, bounded.
/// </summary>
internal static partial class PublicText
{
    public const int Longest = 1000;

    public static string? Clean(string? text, ApiToken token)
    {
        if (string.IsNullOrWhiteSpace(text))
            return null;

        // Cut generously first: a megabyte of words is not worth a regular expression.
        var words = text.Length > 4 * Longest ? text[..(4 * Longest)] : text;
        words = token.Hide(words);
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

    // Its own documentation and account pages help a reader; a query string on them might be signed.
    private static bool IsModelScope(string link) =>
        Uri.TryCreate(link, UriKind.Absolute, out var uri)
        && uri.Query.Length == 0
        && (uri.Host is "modelscope.cn" or "modelscope.ai" || uri.Host.EndsWith(".modelscope.cn", StringComparison.OrdinalIgnoreCase)
            || uri.Host.EndsWith(".modelscope.ai", StringComparison.OrdinalIgnoreCase));

    [
        GeneratedRegex(
            @"[a-z][a-z0-9+.-]{1,20}://[^\s""'<>]+", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Links();

    [
        GeneratedRegex(
            @"\S*(Signature|OSSAccessKeyId|sig|x-oss-[a-z-]+)=\S+",
            RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex SignedParts();
}
