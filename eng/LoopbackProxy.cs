namespace Darkroom;

/// <summary>
/// Keeps proxies out of what programs of one machine say to each other. .NET asks a proxy of the environment also for 127.0.0.1, and it
/// would be
/// shown the keys and tokens that are meant for the neighbour.
/// </summary>
internal static class LoopbackProxy
{
    // Of the two spellings the first that is there counts.
    private static readonly string[] Names = ["no_proxy", "NO_PROXY"];

    /// <summary>From here on, in this program and in those that it starts. To be called before anything connects.</summary>
    public static void Avoid()
    {
        var others = Names.Select(Environment.GetEnvironmentVariable).FirstOrDefault(value => !string.IsNullOrEmpty(value));
        Environment.SetEnvironmentVariable(
            Names[0], string.Join(',', new[] { others, "localhost", "127.0.0.1", "[::1]" }.OfType<string>()));
    }
}
