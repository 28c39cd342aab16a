using System.Globalization;

namespace Darkroom.LocalHost.Hosting;

/// <summary>What the app was started with. What is not known here is left to the app's configuration.</summary>
internal sealed record CommandLine
{
    /// <summary>0 for any free one; null when it is not said.</summary>
    public int? Port { get; init; }

    public string StateDirectory { get; init; } = Path.Combine(".darkroom", "state");

    public bool RequireKey { get; init; }

    /// <summary>Where the app's settings files are; the working directory unless given.</summary>
    public string ContentRoot { get; init; } = Directory.GetCurrentDirectory();

    public IReadOnlyList<string> Rest { get; init; } = [];

    /// <exception cref="StartException">An option lacks its value, or has one that cannot be.</exception>
    public static CommandLine Parse(IReadOnlyList<string> arguments)
    {
        var line = new CommandLine();
        var rest = new List<string>();
        for (var i = 0; i < arguments.Count; i++)
        {
            var (option, value) = Split(arguments[i]);
            switch (option)
            {
                case "--port":
                    line = line with { Port = ReadPort(value ?? Next(ref i, option)) };
                    break;
                case "--state":
                    line = line with { StateDirectory = ReadDirectory(option, value ?? Next(ref i, option)) };
                    break;
                case "--contentRoot":
                    line = line with { ContentRoot = Path.GetFullPath(ReadDirectory(option, value ?? Next(ref i, option))) };
                    break;
                case "--require-key":
                    line = line with { RequireKey = value is null || ReadSwitch(value) };
                    break;
                default:
                    rest.Add(arguments[i]);
                    break;
            }
        }

        return line with { Rest = rest };

        string Next(ref int i, string option) =>
            i + 1 < arguments.Count && !arguments[i + 1].StartsWith("--", StringComparison.Ordinal)
                ? arguments[++i]
                : throw new StartException($"{option} needs a value.");
    }

    private static (string Option, string? Value) Split(string argument) =>
        argument.IndexOf('=', StringComparison.Ordinal) is > 0 and var equals ? (argument[..equals], argument[(equals + 1)..]) : (argument, null);

    private static int ReadPort(string value) =>
        int.TryParse(value, NumberStyles.None, null, out var port) && port <= 65535
            ? port
            : throw new StartException($"--port needs a number from 0 to 65535, not '{value}'.");

    private static string ReadDirectory(string option, string value) =>
        !string.IsNullOrWhiteSpace(value) ? value : throw new StartException($"{option} needs a directory.");

    private static bool ReadSwitch(string value) =>
        bool.TryParse(value, out var on) ? on : throw new StartException($"--require-key is a switch: it takes true, false or no value, not '{value}'.");
}
