namespace Darkroom.ModelScope.Requests;

/// <summary>What the rules say of a request.</summary>
/// <param name="Problems">Why it cannot be sent; empty when it can.</param>
/// <param name="Warnings">What will probably come back otherwise than asked.</param>
public sealed record RequestVerdict(IReadOnlyList<FieldProblem> Problems, IReadOnlyList<FieldProblem> Warnings)
{
    /// <summary>Whether the request may be sent.</summary>
    public bool IsValid => Problems.Count == 0;
}
