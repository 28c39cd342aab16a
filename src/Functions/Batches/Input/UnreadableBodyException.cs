using Darkroom.Requests;

namespace Darkroom.Batches.Input;

/// <summary>The body as a whole can't be read, so there are no single items to complain of.</summary>
public sealed class UnreadableBodyException : Exception
{
    /// <param name="field">What is wrong.</param>
    /// <param name="message">Why, and the cure.</param>
    /// <param name="line">On which line.</param>
    public UnreadableBodyException(string field, string message, int? line = null)
        : base(ShortProblems.OfMessage(message)) => (Field, Line) = (ShortProblems.OfField(field), line);

    /// <summary>What is wrong.</summary>
    public string Field { get; }

    /// <summary>On which line; null when it is not a matter of lines.</summary>
    public int? Line { get; }

    /// <summary>Whether there is too much of it; then the message is the limit.</summary>
    public bool IsTooLarge { get; init; }

    /// <summary>More of it than is taken.</summary>
    public static UnreadableBodyException TooLarge(string limit) => new("body", limit) { IsTooLarge = true };
}
