using System.Text.Json;
using Darkroom.ModelScope.Failures;

namespace Darkroom.ModelScope.Wire;

/// <summary>Reads the body of an error answer in any known format.</summary>
internal static class ErrorAnswer
{
    /// <summary>Returns the reason, or null if the body is not a JSON object or contains no reason.</summary>
    public static UpstreamReason? Read(ReadOnlySpan<byte> utf8)
    {
        try
        {
            var reader = new Utf8JsonReader(utf8);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
                return null;

            var reason = new ReasonReader();
            string? requestId = null;
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                if (reader.NameIs("request_id"u8))
                    requestId = reader.Read() ? JsonText.Scalar(ref reader) : null;
                else if (!reason.TryTake(ref reader))
                    reader.Skip();
            }

            reason.RequestId = requestId ?? reason.RequestId;
            return reason.ToReason() ?? (requestId is null ? null : UpstreamReason.None with { RequestId = requestId });
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
