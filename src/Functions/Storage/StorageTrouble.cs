using System.Text.RegularExpressions;
using Azure;
using Azure.Identity;
using Grpc.Core;

namespace Darkroom.Storage;

/// <summary>
/// Recognizes failures of storage. The SDK throws its own exception for a refused request, and an AggregateException with the failure of
/// each try if storage does not respond. The durable engine counts too: it is called over gRPC and stores its state in storage.
/// </summary>
internal static partial class StorageTrouble
{
    // The messages of these exceptions contain nothing more that is useful.
    private static readonly string?[] Types =
    [
        typeof(RpcException).FullName,
        typeof(RequestFailedException).FullName,
        typeof(AggregateException).FullName,
        typeof(AuthenticationFailedException).FullName,
        typeof(IOException).FullName,
        typeof(TaskCanceledException).FullName,
    ];

    public static bool Is(Exception exception) =>
        exception is RpcException or RequestFailedException or AggregateException or AuthenticationFailedException or IOException
            or TaskCanceledException { InnerException: TimeoutException };

    /// <summary>Describes the failure in a few words, without addresses and stack traces.</summary>
    public static string Kind(Exception exception) => exception switch
    {
        RequestFailedException { Status: > 0 } refused => $"HTTP {refused.Status}",
        RpcException engine => $"the engine: {engine.StatusCode}",
        _ => "no answer",
    };

    /// <summary>The same for an exception of which only type and message are known; null when it is not a failure of storage.</summary>
    public static string? KindOf(string type, string message)
    {
        if (type == typeof(RequestFailedException).FullName && StatusLine.Match(message) is { Success: true } status)
            return $"HTTP {status.Groups["code"].Value}";
        return Types.Contains(type) ? "no answer" : null;
    }

    [GeneratedRegex(@"^Status: (?<code>\d{3})\b", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex StatusLine { get; }
}
