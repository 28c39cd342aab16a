using System.Text.Json;
using Darkroom.Batches;
using Darkroom.Batches.Input;
using Darkroom.ModelScope.Requests;
using Darkroom.Requests;
using Darkroom.Storage;

namespace Darkroom.Queues;

/// <summary>A parsed queue message.</summary>
public abstract record QueueMessage
{
    private const string IdField = "id";
    private const string BatchField = "batch";

    // The ids of a batch's items are this id with a line and an index appended.
    private const int LongestBatchId = 60;

    private static readonly HashSet<string> OfQueues = new(StringComparer.Ordinal) { IdField };

    private QueueMessage()
    {
    }

    /// <summary>The message asks for a job.</summary>
    /// <param name="GivenId">The id that the sender chose; null when there is none.</param>
    /// <param name="Request">The request of the job.</param>
    public sealed record Job(string? GivenId, JobRequest Request) : QueueMessage;

    /// <summary>The message asks for a batch whose items are in a blob.</summary>
    /// <param name="GivenId">The id that the sender chose; null when there is none.</param>
    /// <param name="Container">The container of the blob.</param>
    /// <param name="Blob">The name of the blob.</param>
    /// <param name="Source">The format of the items.</param>
    public sealed record Batch(string? GivenId, string Container, string Blob, BatchSource Source) : QueueMessage;

    /// <summary>The message is invalid.</summary>
    /// <param name="Problems">What is wrong with which field.</param>
    public sealed record Invalid(IReadOnlyList<FieldProblem> Problems) : QueueMessage;

    /// <summary>Parses a message. Invalid input gives problems, never an exception.</summary>
    public static QueueMessage Read(string text, string defaultModel, IReadOnlyList<string> inboxes, WebhookRules? webhooks = null)
    {
        JsonDocument json;
        try
        {
            json = JsonDocument.Parse(text);
        }
        catch (JsonException exception)
        {
            return Wrong("body", $"Is not valid JSON: line {exception.LineNumber + 1}, byte {exception.BytePositionInLine + 1}.");
        }

        using (json)
            return Read(json.RootElement, defaultModel, inboxes, webhooks);
    }

    private static QueueMessage Read(JsonElement body, string defaultModel, IReadOnlyList<string> inboxes, WebhookRules? webhooks)
    {
        if (body.ValueKind != JsonValueKind.Object)
            return Wrong("body", "Must be a JSON object.");
        if (!body.HasValidNames())
            return Wrong("body", "The name of a field is not valid Unicode text.");
        string? id = null;
        if (body.TryGetProperty(IdField, out var given) && !JobIds.IsValid(id = TextOf(given)))
            return Wrong(
                IdField,
                "Must be text of 1 to 80 letters, digits, hyphens, underscores and single dots, begin with a letter or digit, and not "
                    + "end with a dot.");
        if (JobIds.IsPart(id))
            return Wrong(IdField, "Must not end with a dot and a number: such ids belong to the items of a batch and the tasks of a job.");
        return body.TryGetProperty(BatchField, out var batch)
            ? ReadBatch(body, batch, id, inboxes)
            : ReadJob(body, id, defaultModel, webhooks);
    }

    private static QueueMessage ReadJob(JsonElement body, string? id, string defaultModel, WebhookRules? webhooks)
    {
        var reading = RequestRules.Read(body, defaultModel, OfQueues, webhooks);
        return reading.Request is { } request ? new Job(id, request) : new Invalid(reading.Problems);
    }

    private static QueueMessage ReadBatch(JsonElement body, JsonElement batch, string? id, IReadOnlyList<string> inboxes)
    {
        if (batch.ValueKind != JsonValueKind.Object)
            return Wrong(BatchField, "Must be an object with blob and contentType.");
        if (!batch.HasValidNames())
            return Wrong("body", "The name of a field is not valid Unicode text.");
        var problems = new List<FieldProblem>();
        foreach (var field in body.EnumerateObject().Where(field => field.Name is not (IdField or BatchField)))
            problems.Add(new(field.Name, "Is not allowed beside batch. Put fields that apply to all items into batch.defaults."));
        foreach (
            var field in batch.EnumerateObject().Where(field => field.Name is not ("blob" or "contentType" or "defaults" or "onInvalid")))
            problems.Add(new($"batch.{field.Name}", "Is not a field of batch. Its fields are blob, contentType, defaults and onInvalid."));
        if (id?.Length > LongestBatchId)
            problems.Add(
                new(
                    IdField,
                    $"Must have at most {LongestBatchId} characters for a batch, because the ids of its items are longer."));

        // A message can never read a container of the host or of Darkroom, even if the setting lists it.
        string[] open = [.. inboxes.Where(name => !Containers.IsInternal(name))];
        var place = TextOf(batch, "blob")?.Split('/', 2);
        if (place is not [{ Length: > 0 }, { Length: > 0 }])
            problems.Add(new("batch.blob", "Must be \"container/name\" of a blob in Darkroom's own storage account."));
        else if (!open.Contains(place[0], StringComparer.Ordinal))
            problems.Add(
                new(
                    "batch.blob",
                    $"Must be in one of the containers that Darkroom__BatchContainers allows: {string.Join(", ", open)}."));
        else if (place[1].Split('/', '\\').Any(part => part is "" or "." or ".."))
            problems.Add(new("batch.blob", "Must be the plain name of a blob, without empty parts, \".\" or \"..\"."));
        var type = BatchFormats.Of(TextOf(batch, "contentType"));
        if (type is null)
            problems.Add(new("batch.contentType", $"Must be {BatchFormats.All}."));
        var onInvalid = batch.TryGetProperty("onInvalid", out var said) ? TextOf(said) : "reject";
        if (onInvalid is not ("reject" or "skip"))
            problems.Add(new("batch.onInvalid", "Must be \"reject\" (the default) or \"skip\"."));
        string? defaults = null;
        if (batch.TryGetProperty("defaults", out var given))
        {
            defaults = given.GetRawText();
            if (given.ValueKind != JsonValueKind.Object)
                problems.Add(new("batch.defaults", "Must be an object."));
            else if (type?.Format == BatchFormat.Json)
                problems.Add(new("batch.defaults", "Must not be set for a JSON blob. Put the defaults into the blob."));
        }

        return problems.Count > 0
            ? new Invalid(problems)
            : new Batch(id, place![0], place[1], new BatchSource(type!.Value.Format, type.Value.Charset, onInvalid == "skip", defaults));
    }

    private static string? TextOf(JsonElement parent, string name) => parent.TryGetProperty(name, out var value) ? TextOf(value) : null;

    private static string? TextOf(JsonElement value) => value.TryGetText(out var text) ? text : null;

    private static Invalid Wrong(string field, string message) => new([new(field, message)]);
}
