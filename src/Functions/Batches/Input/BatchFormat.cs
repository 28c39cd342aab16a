using System.Net.Http.Headers;

namespace Darkroom.Batches.Input;

/// <summary>The format of a batch body.</summary>
public enum BatchFormat
{
    /// <summary>One JSON object per line.</summary>
    Ndjson,

    /// <summary>A header row of field names, then one row per item.</summary>
    Csv,

    /// <summary>One prompt per line.</summary>
    PlainText,

    /// <summary>One JSON object with <c>items</c> or <c>matrix</c>.</summary>
    Json,
}

/// <summary>Maps content types to batch formats.</summary>
public static class BatchFormats
{
    /// <summary>The supported content types, as text for an error.</summary>
    public const string All = "application/x-ndjson, text/csv, text/plain or application/json";

    /// <summary>The format and the declared charset of a content type; null if the content type is not supported.</summary>
    public static (BatchFormat Format, string? Charset)? Of(string? contentType)
    {
        if (!MediaTypeHeaderValue.TryParse(contentType, out var type))
            return null;

        var charset = type.CharSet?.Trim('"');
        return type.MediaType?.ToUpperInvariant() switch
        {
            // There is no registered media type for JSON lines, so each tool uses its own.
            "APPLICATION/X-NDJSON" or "APPLICATION/NDJSON" or "APPLICATION/JSONL" or "APPLICATION/X-JSONLINES" or "APPLICATION/JSONLINES" =>
                (BatchFormat.Ndjson, charset),
            "TEXT/CSV" or "APPLICATION/CSV" => (BatchFormat.Csv, charset),
            "TEXT/PLAIN" => (BatchFormat.PlainText, charset),
            "APPLICATION/JSON" => (BatchFormat.Json, charset),
            _ => null,
        };
    }
}
