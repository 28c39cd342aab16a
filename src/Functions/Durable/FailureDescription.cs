using System.Text.Json;
using Darkroom.Storage;

namespace Darkroom.Durable;

/// <summary>Describes an exception without addresses and stack traces.</summary>
public static class FailureDescription
{
    // The Durable extension wraps the exception of an activity in this type. The message is JSON with the original type and message.
    private const string Wrapper = "DurableSerializationException";

    public static string Of(Exception failure)
    {
        ArgumentNullException.ThrowIfNull(failure);
        if (failure.GetType().Name == Wrapper && Unwrap(failure.Message) is var (type, message))
        {
            if (type == typeof(SanitizedException).FullName)
                return message;
            return StorageTrouble.KindOf(type, message) is { } kind ? Trouble(kind) : Unexpected(type[(type.LastIndexOf('.') + 1)..]);
        }

        return StorageTrouble.Is(failure) ? Trouble(StorageTrouble.Kind(failure)) : Unexpected(failure.GetType().Name);
    }

    private static string Trouble(string kind) => $"A storage request failed ({kind}).";

    private static string Unexpected(string type) => $"An unexpected error ({type}).";

    private static (string Type, string Message)? Unwrap(string json)
    {
        try
        {
            using var failure = JsonDocument.Parse(json);
            return (
                failure.RootElement.GetProperty("errorType").GetString() ?? "",
                failure.RootElement.GetProperty("errorMessage").GetString() ?? "");
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return null;
        }
    }
}
