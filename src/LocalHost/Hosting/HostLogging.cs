using Darkroom.LocalHost.App;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace Darkroom.LocalHost.Hosting;

/// <summary>
/// The log on the console: the app's own lines by host.json, the host's only when something is wrong, unless all are asked for.
/// </summary>
internal static class HostLogging
{
    // Categories of the SDK and the engine. "Function.NAME" (without .User) tells of each run.
    private static readonly string[] Chatty = ["Host", "Microsoft", "DurableTask", "System", "Function"];

    /// <summary>Sets it up.</summary>
    public static void Configure(ILoggingBuilder logging, IConfiguration configuration, bool isVerbose, bool showsStacks)
    {
        logging.AddConfiguration(configuration.GetSection($"{HostJson.Section}:logging"));
        logging.AddConsole(console => console.FormatterName = PlainConsole.FormatterName);
        logging.AddConsoleFormatter<PlainConsole, PlainConsoleOptions>(console => console.ShowsStacks = showsStacks);
        if (isVerbose)
            return;
        // The failed function itself is logged by "Function"; this would be the same once more.
        logging.AddFilter("Host.Results", LogLevel.None);
        foreach (var category in Chatty)
            logging.AddFilter(category, LogLevel.Warning);
        // Warns of each 404 and 409: a queue that is not there yet, a container that is there already.
        logging.AddFilter("Azure", LogLevel.Error);
    }
}
