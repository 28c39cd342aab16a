using Darkroom.ModelScope.Requests;

namespace Darkroom.ModelScope.Failures;

/// <summary>The request is invalid: a local rule failed before it was sent, or ModelScope refused it.</summary>
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

    /// <summary>The problems of each field, if a local rule failed before the request was sent; otherwise empty.</summary>
    public IReadOnlyList<FieldProblem> Problems { get; }
}
