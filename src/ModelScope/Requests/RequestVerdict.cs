namespace Darkroom.ModelScope.Requests;

/// <summary>The result of checking a request.</summary>
/// <param name="Problems">The reasons why the request cannot be sent; empty if it is valid.</param>
/// <param name="Warnings">Values that ModelScope will probably change.</param>
public sealed record RequestVerdict(IReadOnlyList<FieldProblem> Problems, IReadOnlyList<FieldProblem> Warnings)
{
    /// <summary>Whether the request may be sent.</summary>
    public bool IsValid => Problems.Count == 0;
}
