using System.Text.RegularExpressions;
using Azure;
using Azure.Identity;
using Grpc.Core;

namespace Darkroom.Storage;

/// <summary>
/// Storage that refuses, or is not there: the SDK says the one with an exception of its own, the other with a bundle of what each try ran
/// into.
/// The engine is reached over gRPC, and lives in storage too.
/// </summary>
internal static partial class StorageTrouble
{
    // Their message does not tell more.
    private static readonly string?[] Types =
        [
            typeof(RpcException).FullName,
            typeof(RequestFailedException).FullName,
            typeof(AggregateException).FullName,
            typeof(AuthenticationFailedException).FullName,
            typeof(IOException).FullName,
            typeof(TaskCanceledException).FullName]
        ;

    public static bool Is(Exception exception) =>
        exception is RpcException or RequestFailedException or AggregateException or AuthenticationFailedException or IOException
            or TaskCanceledException
        {
            InnerException: TimeoutException,
        };

    /// <summary>The kind in few words, without addresses and stacks.</summary>
    public static string Kind(Exception exception) => exception switch
    {
        RequestFailedException { Status: > 0 } refused => $"HTTP {refused.Status}",
        RpcException engine => $"the engine: {engine.StatusCode}",
        _ => "no answer",
    };

    /// <summary>The kind, of an exception of which only type and message are left; null when it is none of storage's.</summary>
    public static string? KindOf(string type, string message)
    {
        if (type == typeof(RequestFailedException).FullName && StatusLine.Match(message) is { Success: true } status)
            return $"HTTP {status.Groups["code"].Value}";
        return Types.Contains(type) ? "no answer" : null;
    }

    [GeneratedRegex(@"^Status: (?<code>\d{3})\b", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex StatusLine { get; }
}
