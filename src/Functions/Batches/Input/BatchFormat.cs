using System.Net.Http.Headers;

namespace Darkroom.Batches.Input;

/// <summary>How the items of a batch are written down.</summary>
public enum BatchFormat
{
    /// <summary>One JSON object a line.</summary>
    Ndjson,

    /// <summary>A header of field names, then a row for each item.</summary>
    Csv,

    /// <summary>A prompt a line.</summary>
    PlainText,

    /// <summary>One JSON object with <c>items</c> or <c>matrix</c>.</summary>
    Json,
}

/// <summary>Reads the type of a body.</summary>
public static class BatchFormats
{
    /// <summary>What a body may be, in words for an error.</summary>
    public const string All = "application/x-ndjson, text/csv, text/plain or application/json";

    /// <summary>The format, and the encoding that the sender names; null when it is none of ours.</summary>
    public static (BatchFormat Format, string? Charset)? Of(string? contentType)
    {
        if (!MediaTypeHeaderValue.TryParse(contentType, out var type))
            return null;

        var charset = type.CharSet?.Trim('"');
        return type.MediaType?.ToUpperInvariant() switch
        {
            // Nobody registered a type for JSON lines, so each tool has its own.
            "APPLICATION/X-NDJSON" or "APPLICATION/NDJSON" or "APPLICATION/JSONL" or "APPLICATION/X-JSONLINES" or "APPLICATION/JSONLINES" =>
                (BatchFormat.Ndjson, charset),
            "TEXT/CSV" or "APPLICATION/CSV" => (BatchFormat.Csv, charset),
            "TEXT/PLAIN" => (BatchFormat.PlainText, charset),
            "APPLICATION/JSON" => (BatchFormat.Json, charset),
            _ => null,
        };
    }
}
