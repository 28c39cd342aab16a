using System.Text.RegularExpressions;
using Darkroom.TestKit;

namespace Darkroom.Functions.Tests.Security;

/// <summary>The places of C# sources that use a regular expression, and whether its time is limited.</summary>
internal static partial class RegexUses
{
    /// <summary>The number of uses in a text, and those without a limit: neither a match timeout nor <c>NonBacktracking</c>.</summary>
    public static (int Uses, IReadOnlyList<string> Unlimited) Find(string source)
    {
        string[] uses = [.. Use.Matches(source).Select(use => source[use.Index..EndOf(source, use.Index + use.Length)])];
        return (uses.Length, [.. uses.Where(use => !Limit.IsMatch(use))]);
    }

    /// <summary>The C# files that are published.</summary>
    public static IEnumerable<string> Sources() =>
        from folder in (string[])["src", "eng"]
        from file in Directory.EnumerateFiles(Path.Combine(Repository.Root, folder), "*.cs", SearchOption.AllDirectories)
        let parts = Path.GetRelativePath(Repository.Root, file).Split(Path.DirectorySeparatorChar)
        where !parts.Any(part => part is "bin" or "obj" or "node_modules")
        select file;

    // The end of the arguments: the parenthesis that closes the first one. Parentheses in string literals do not count.
    private static int EndOf(string source, int start)
    {
        var depth = 1;
        for (var at = start; at < source.Length; at++)
        {
            if (source[at] == '"')
                at = EndOfString(source, at);
            else if (source[at] == '(')
                depth++;
            else if (source[at] == ')' && --depth == 0)
                return at + 1;
        }

        return source.Length;
    }

    private static int EndOfString(string source, int quote)
    {
        if (source.AsSpan(quote).StartsWith("\"\"\""))
            return source.IndexOf("\"\"\"", quote + 3, StringComparison.Ordinal) + 2;
        var isVerbatim = quote > 0 && source[quote - 1] is '@';
        var at = quote + 1;
        while (source[at] != '"' || (isVerbatim && source[at + 1] == '"'))
            at += (isVerbatim ? source[at] == '"' : source[at] == '\\') ? 2 : 1;
        return at;
    }

    [GeneratedRegex(
        @"\b(GeneratedRegex|new Regex|Regex\.(IsMatch|Match|Matches|Replace|Split|Count|EnumerateMatches|EnumerateSplits))\(|"
            + @"\[RegularExpression\(",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Use { get; }

    // RegularExpressionAttribute has a limit of 2 s by default.
    [GeneratedRegex(
        @"^\[RegularExpression|NonBacktracking|matchTimeoutMilliseconds: [1-9]|TimeSpan\.From|, [1-9][0-9_]*\)$",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Limit { get; }
}
