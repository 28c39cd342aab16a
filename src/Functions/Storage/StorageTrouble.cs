using Azure;
using Azure.Identity;

namespace Darkroom.Storage;

/// <summary>Storage that refuses, or is not there: the SDK says the one with an exception of its own, the other with a bundle of what each try ran into.</summary>
internal static class StorageTrouble
{
    public static bool Is(Exception exception) => exception is RequestFailedException or AggregateException or AuthenticationFailedException or IOException or TaskCanceledException { InnerException: TimeoutException };

    /// <summary>The kind in few words, without addresses and stacks.</summary>
    public static string Kind(Exception exception) => exception is RequestFailedException { Status: > 0 } refused ? $"HTTP {refused.Status}" : "no answer";
}
