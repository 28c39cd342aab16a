using Darkroom.Requests;

namespace Darkroom.Batches.Input;

/// <summary>The body as a whole cannot be read, so there are no problems of single items.</summary>
public sealed class UnreadableBodyException : Exception
{
    /// <param name="field">The field or part that is wrong.</param>
    /// <param name="message">What is wrong with it, and what to do.</param>
    /// <param name="line">The line of the problem, if it belongs to a line.</param>
    public UnreadableBodyException(string field, string message, int? line = null)
        : base(ShortProblems.OfMessage(message)) => (Field, Line) = (ShortProblems.OfField(field), line);

    /// <summary>The field or part that is wrong.</summary>
    public string Field { get; }

    /// <summary>The line of the problem; null if the problem does not belong to a line.</summary>
    public int? Line { get; }

    /// <summary>Whether the body exceeds a limit; then the message is only the limit.</summary>
    public bool IsTooLarge { get; init; }

    /// <summary>The body exceeds <paramref name="limit"/>.</summary>
    public static UnreadableBodyException TooLarge(string limit) => new("body", limit) { IsTooLarge = true };
}
