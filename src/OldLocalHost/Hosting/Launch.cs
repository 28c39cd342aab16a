using Microsoft.Extensions.Hosting;

namespace Darkroom.LocalHost.Hosting;

/// <summary>Everything that was said about this start before the app ran a line.</summary>
internal sealed record Launch
{
    // Where Core Tools listens.
    private const int StandardPort = 7071;

    public required CommandLine CommandLine { get; init; }

    public required LocalSettings Local { get; init; }

    public required HostSettings Host { get; init; }

    public int Port => CommandLine.Port ?? Local.Port ?? StandardPort;

    public string StateDirectory => Path.GetFullPath(CommandLine.StateDirectory);

    /// <summary>Kept with the builder from one moment to the next.</summary>
    public static Launch Of(IHostApplicationBuilder builder) => (Launch)builder.Properties[typeof(Launch)];

    public void KeepWith(IHostApplicationBuilder builder) => builder.Properties[typeof(Launch)] = this;
}
