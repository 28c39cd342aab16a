using Darkroom.ModelScope.Requests;

namespace Darkroom.Requests;

/// <summary>Problems as they are told: what a sender wrote is quoted in them, and may be as long as the whole body.</summary>
internal static class ShortProblems
{
    private const int LongestField = 100;
    private const int LongestMessage = 300;

    /// <summary>The same problem, not longer than anybody reads.</summary>
    public static FieldProblem Brief(this FieldProblem problem) => new(OfField(problem.Field), OfMessage(problem.Message));

    /// <summary>The beginning of a field's name.</summary>
    public static string OfField(string field) => Cut(field, LongestField);

    /// <summary>The beginning of what is wrong.</summary>
    public static string OfMessage(string message) => Cut(message, LongestMessage);

    private static string Cut(string text, int longest)
    {
        if (text.Length <= longest)
            return text;
        // Half of a surrogate pair would be no text.
        var length = char.IsHighSurrogate(text[longest - 2]) ? longest - 2 : longest - 1;
        return $"{text[..length]}…";
    }
}
