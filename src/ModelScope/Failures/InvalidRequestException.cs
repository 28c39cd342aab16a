using Darkroom.ModelScope.Requests;

namespace Darkroom.ModelScope.Failures;

/// <summary>The request itself is wrong, by our rules before it is sent or by upstream's after.</summary>
public sealed class InvalidRequestException : ModelScopeException
{
    internal InvalidRequestException(FailureDetails details)
        : base(FailureKind.InvalidRequest, details.Explain("ModelScope refused the request."), details)
    {
        Problems = [];
    }

    internal InvalidRequestException(IReadOnlyList<FieldProblem> problems)
        : base(
            FailureKind.InvalidRequest,
            string.Join(' ', problems.Select(problem => $"{problem.Field}: {problem.Message}")),
            new FailureDetails())
    {
        Problems = problems;
    }

    /// <summary>What is wrong field by field, when it was found before anything was sent.</summary>
    public IReadOnlyList<FieldProblem> Problems { get; }
}
