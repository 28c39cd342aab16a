using Azure;
using Azure.Identity;

namespace Darkroom.Storage;

/// <summary>
/// Storage that refuses, or is not there: the SDK says the one with an exception of its own, the other with a bundle of what each try ran into.
/// The engine in the cloud is reached over gRPC, and lives in storage too.
/// </summary>
internal static class StorageTrouble
{
    // By name: only the host in the cloud brings that package.
    private const string Rpc = "Grpc.Core.RpcException";

    public static bool Is(Exception exception) => exception.GetType().FullName == Rpc || exception is RequestFailedException or AggregateException or AuthenticationFailedException or IOException or TaskCanceledException { InnerException: TimeoutException };

    /// <summary>The kind in few words, without addresses and stacks.</summary>
    public static string Kind(Exception exception) => exception is RequestFailedException { Status: > 0 } refused ? $"HTTP {refused.Status}" : "no answer";
}
