using System.CommandLine;
using System.CommandLine.Completions;
using System.Globalization;

namespace Darkroom.Cli.Completion;

/// <summary>
/// What <c>darkroom "[suggest:POSITION]" "COMMAND LINE"</c> prints: the words that fit at the position, one a line. System.CommandLine has
/// this directive for its RootCommand only, whose name cannot be set.
/// </summary>
internal static class Suggestions
{
    private const string Directive = "[suggest";

    /// <summary>The suggestions; null if the arguments do not ask for any.</summary>
    public static IEnumerable<string>? Of(Command root, IReadOnlyList<string> arguments)
    {
        if (arguments.Count != 2 || !arguments[0].StartsWith(Directive, StringComparison.Ordinal) || !arguments[0].EndsWith(']'))
            return null;
        var line = arguments[1];
        var position = int.TryParse(arguments[0][Directive.Length..].Trim(':', ']'), NumberStyles.None, null, out var given)
            ? Math.Min(given, line.Length)
            : line.Length;
        return root.Parse(line).GetCompletions(position).Select(Text).Distinct(StringComparer.Ordinal);
    }

    private static string Text(CompletionItem item) => item.InsertText ?? item.Label;
}
