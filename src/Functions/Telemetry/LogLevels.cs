using Microsoft.Extensions.Logging;

namespace Darkroom.Telemetry;

/// <summary>
/// Raises the log level of the frameworks. At Information they log the target of each redirect, with its signature, and five lines for each
/// request.
/// </summary>
public static class LogLevels
{
    private static readonly string[] Frameworks = ["Microsoft.AspNetCore", "Microsoft.DurableTask", "Microsoft.Hosting", "System.Net.Http"];

    public static void Set(ILoggingBuilder logging)
    {
        foreach (var category in Frameworks)
            logging.AddFilter(category, LogLevel.Warning);
        // The Azure SDK warns of each 404 and 412. Both are expected here: "does not exist yet" and "another writer was first".
        logging.AddFilter("Azure", LogLevel.Error);
    }
}
