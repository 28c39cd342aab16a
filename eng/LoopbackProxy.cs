namespace Darkroom;

/// <summary>
/// Keeps proxies out of what programs of one machine say to each other. .NET asks a proxy of the environment also for 127.0.0.1, and it would be
/// shown the keys and tokens that are meant for the neighbour.
/// </summary>
internal static class LoopbackProxy
{
    private const string Loopback = "localhost,127.0.0.1,[::1]";

    /// <summary>From here on, in this program and in those that it starts. To be called before anything connects.</summary>
    public static void Avoid()
    {
        // Of the two spellings the first that is there counts.
        foreach (var name in new[] { "no_proxy", "NO_PROXY" })
        {
            if (Environment.GetEnvironmentVariable(name) is { Length: > 0 } others)
                Environment.SetEnvironmentVariable(name, $"{others},{Loopback}");
        }

        if (Environment.GetEnvironmentVariable("no_proxy") is null or "")
            Environment.SetEnvironmentVariable("no_proxy", Environment.GetEnvironmentVariable("NO_PROXY") is { Length: > 0 } all ? all : Loopback);
    }
}
