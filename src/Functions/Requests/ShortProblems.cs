using Darkroom.ModelScope.Requests;

namespace Darkroom.Requests;

/// <summary>Shortens problems for responses. They quote the sender's text, which can be as long as the whole body.</summary>
internal static class ShortProblems
{
    private const int LongestField = 100;
    private const int LongestMessage = 300;

    /// <summary>The same problem with a shortened field name and message.</summary>
    public static FieldProblem Brief(this FieldProblem problem) => new(OfField(problem.Field), OfMessage(problem.Message));

    public static string OfField(string field) => Cut(field, LongestField);

    public static string OfMessage(string message) => Cut(message, LongestMessage);

    private static string Cut(string text, int longest)
    {
        if (text.Length <= longest)
            return text;
        // A cut between the two halves of a surrogate pair would leave invalid text.
        var length = char.IsHighSurrogate(text[longest - 2]) ? longest - 2 : longest - 1;
        return $"{text[..length]}…";
    }
}
