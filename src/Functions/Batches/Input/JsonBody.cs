using System.Runtime.CompilerServices;
using System.Text.Json;
using Darkroom.Requests;

namespace Darkroom.Batches.Input;

/// <summary>
/// The fields of a JSON body except <c>items</c>. The body is read twice: its fields may be in any order, and the items need the defaults.
/// </summary>
internal sealed class JsonBody : IDisposable
{
    private JsonDocument? _defaults;
    private JsonDocument? _matrix;
    private JsonDocument? _webhook;

    /// <summary>The webhook of the batch, not checked; null if there is none.</summary>
    public JsonElement? Webhook => _webhook?.RootElement;

    /// <summary>The default values of the items.</summary>
    public Defaults Defaults => _defaults is null ? Defaults.None : new Defaults(_defaults.RootElement);

    public static async Task<JsonBody> ReadAsync(Stream utf8, CancellationToken cancellation)
    {
        var body = new JsonBody();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        try
        {
            await foreach (var part in new JsonParts(utf8, Select).ReadAsync(cancellation))
                body.Take(part);
        }
        catch (JsonException exception)
        {
            throw new UnreadableBodyException(
                "body", $"Is not valid JSON: line {exception.LineNumber + 1}, byte {exception.BytePositionInLine + 1}.");
        }

        if (seen.Contains("items") == (body._matrix is not null))
            throw new UnreadableBodyException("body", "Must have exactly one of the fields items (an array) and matrix (an object).");
        return body;

        JsonSelection Select(string field)
        {
            if (!seen.Add(field))
                throw new UnreadableBodyException(field, "Occurs twice. Send each field once.");
            return field switch
            {
                "defaults" or "matrix" or JobWebhook.FieldName => JsonSelection.Whole,
                "items" => JsonSelection.Nothing,
                _ => throw new UnreadableBodyException(
                    field, "Is not a field of a batch. The fields are defaults, items, matrix and webhook."),
            };
        }
    }

    /// <summary>Reads the items from the body, or makes them from the matrix.</summary>
    public async IAsyncEnumerable<RawItem> ItemsAsync(Stream utf8, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var number = 0;
        if (_matrix is not null)
        {
            foreach (var combination in Matrix.Of(_matrix.RootElement))
                yield return RawItem.Of(++number, JsonDocument.Parse(combination));
            yield break;
        }

        await foreach (var part in new JsonParts(utf8, SelectItems).ReadAsync(cancellation))
            yield return RawItem.Of(++number, part.Value);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _defaults?.Dispose();
        _matrix?.Dispose();
        _webhook?.Dispose();
    }

    private static JsonSelection SelectItems(string field) => field == "items" ? JsonSelection.Elements : JsonSelection.Nothing;

    private void Take(JsonPart part)
    {
        if (part.Field == JobWebhook.FieldName)
        {
            _webhook = part.Value;
            return;
        }

        if (part.Value.RootElement.ValueKind != JsonValueKind.Object)
            throw new UnreadableBodyException(part.Field, "Must be an object.");
        if (part.Field == "defaults")
            _defaults = part.Value;
        else
            _matrix = part.Value;
    }
}
