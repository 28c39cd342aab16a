using System.Text.Json;

namespace Darkroom.ModelScope.Requests;

/// <summary>The result of <see cref="ImageRequestReader"/>.</summary>
/// <param name="Request">The request; null if <paramref name="Problems"/> is not empty.</param>
/// <param name="Problems">The problems of each field. Fields are named as the caller wrote them.</param>
/// <param name="Warnings">Values that ModelScope will probably change.</param>
/// <param name="Others">Fields that ModelScope does not define. The caller of the reader decides whether it accepts them.</param>
public sealed record ImageRequestReading(
    ImageRequest? Request,
    IReadOnlyList<FieldProblem> Problems,
    IReadOnlyList<FieldProblem> Warnings,
    IReadOnlyDictionary<string, JsonElement> Others);
