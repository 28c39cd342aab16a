using Darkroom.LocalHost.App;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace Darkroom.LocalHost.Hosting;

/// <summary>
/// Configures the console log: the app's lines as host.json says, and of the host only warnings and errors unless --verbose is given.
/// </summary>
internal static class HostLogging
{
    // Categories of the SDK and the durable engine. The SDK logs each run of a function under "Function.NAME".
    private static readonly string[] Chatty = ["Host", "Microsoft", "DurableTask", "System", "Function"];

    public static void Configure(ILoggingBuilder logging, IConfiguration configuration, bool isVerbose, bool showsStacks)
    {
        logging.AddConfiguration(configuration.GetSection($"{HostJson.Section}:logging"));
        logging.AddConsole(console => console.FormatterName = PlainConsole.FormatterName);
        logging.AddConsoleFormatter<PlainConsole, PlainConsoleOptions>(console => console.ShowsStacks = showsStacks);
        if (isVerbose)
            return;
        // "Function" already logs a failed function; "Host.Results" would log it again.
        logging.AddFilter("Host.Results", LogLevel.None);
        foreach (var category in Chatty)
            logging.AddFilter(category, LogLevel.Warning);
        // The Azure SDK warns of each 404 and 409, which are normal here: a queue that does not exist yet, a container that already exists.
        logging.AddFilter("Azure", LogLevel.Error);
    }
}
