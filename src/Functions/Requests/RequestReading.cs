using Darkroom.ModelScope.Requests;

namespace Darkroom.Requests;

/// <summary>The result of <see cref="RequestRules.Read"/>.</summary>
/// <param name="Request">The request; null when there are problems.</param>
/// <param name="Problems">The problems of each field.</param>
public sealed record RequestReading(JobRequest? Request, IReadOnlyList<FieldProblem> Problems);
