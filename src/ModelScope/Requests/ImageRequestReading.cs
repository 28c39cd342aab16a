using System.Text.Json;

namespace Darkroom.ModelScope.Requests;

/// <summary>What <see cref="ImageRequestReader"/> made of a JSON object.</summary>
/// <param name="Request">The request; null when <paramref name="Problems"/> is not empty.</param>
/// <param name="Problems">What is wrong, field by field, in the caller's own spelling.</param>
/// <param name="Warnings">What will probably come back otherwise than asked.</param>
/// <param name="Others">Fields that are not ModelScope's: the caller's to claim or refuse.</param>
public sealed record ImageRequestReading(
    ImageRequest? Request,
    IReadOnlyList<FieldProblem> Problems,
    IReadOnlyList<FieldProblem> Warnings,
    IReadOnlyDictionary<string, JsonElement> Others);
