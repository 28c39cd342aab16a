using Darkroom.LocalHost.App;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace Darkroom.LocalHost.Hosting;

/// <summary>The log on the console: the app's own lines by host.json, the host's only when something is wrong, unless all are asked for.</summary>
internal static class HostLogging
{
    // Categories of the SDK and the engine. "Function.NAME" (without .User) tells of each run.
    private static readonly string[] Chatty = ["Host", "Azure", "Microsoft", "DurableTask", "System", "Function"];

    /// <summary>Sets it up.</summary>
    public static void Configure(ILoggingBuilder logging, IConfiguration configuration, bool isVerbose)
    {
        logging.AddConfiguration(configuration.GetSection($"{HostJson.Section}:logging"));
        logging.AddSimpleConsole(console => (console.SingleLine, console.TimestampFormat, console.UseUtcTimestamp) = (true, "yyyy-MM-ddTHH:mm:ssZ ", true));
        if (isVerbose)
            return;
        foreach (var category in Chatty)
            logging.AddFilter(category, LogLevel.Warning);
    }
}
