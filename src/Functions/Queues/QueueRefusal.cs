using Darkroom.ModelScope.Requests;

namespace Darkroom.Queues;

/// <summary>Why a queue message cannot be carried out.</summary>
/// <param name="Reason">The name of the error, as in docs/errors.md.</param>
/// <param name="Problems">What is wrong with which field.</param>
public sealed record QueueRefusal(string Reason, IReadOnlyList<FieldProblem> Problems)
{
    /// <summary>The id of the message belongs to another request.</summary>
    public static QueueRefusal IdInUse(string id) =>
        new(
            "idempotency-key-reuse",
            [new FieldProblem("id", $"\"{id}\" is already in use for a different request. Use a new id.")]);
}
