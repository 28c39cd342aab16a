using System.Text.Json;
using Darkroom.Storage;

namespace Darkroom.Durable;

/// <summary>What an exception means, in words that hold no address and no stack.</summary>
public static class FailureDescription
{
    // The Durable extension hands an activity's exception on as this one, whose message is JSON: its type and its message.
    private const string Wrapper = "DurableSerializationException";

    /// <summary>The words.</summary>
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

    private static string Trouble(string kind) => $"Storage is in trouble ({kind}).";

    private static string Unexpected(string type) => $"An unexpected {type}.";

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
