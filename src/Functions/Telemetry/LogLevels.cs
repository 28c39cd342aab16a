using Microsoft.Extensions.Logging;

namespace Darkroom.Telemetry;

/// <summary>
/// What the frameworks log at Information is not for a log: each redirect with the signed link it leads to, and five lines a request.
/// </summary>
public static class LogLevels
{
    private static readonly string[] Frameworks = ["Microsoft.AspNetCore", "Microsoft.DurableTask", "Microsoft.Hosting", "System.Net.Http"];

    /// <summary>Sets them for whatever logs are written to.</summary>
    public static void Set(ILoggingBuilder logging)
    {
        foreach (var category in Frameworks)
            logging.AddFilter(category, LogLevel.Warning);
        // It warns of each 404 and 412, which are answers here: "not there yet" and "somebody else was first".
        logging.AddFilter("Azure", LogLevel.Error);
    }
}
