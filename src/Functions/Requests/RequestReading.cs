using Darkroom.ModelScope.Requests;

namespace Darkroom.Requests;

/// <summary>What the rules made of a body.</summary>
/// <param name="Request">The request; null when there are problems.</param>
/// <param name="Problems">What is wrong, field by field.</param>
public sealed record RequestReading(JobRequest? Request, IReadOnlyList<FieldProblem> Problems);
