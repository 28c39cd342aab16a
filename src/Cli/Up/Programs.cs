using System.Globalization;
using System.Text.RegularExpressions;

namespace Darkroom.Cli.Up;

/// <summary>The command lines of the three programs, and the output lines that contain their addresses.</summary>
internal sealed partial class Programs(Checkout checkout, StateFolder folder, UpOptions options)
{
    // The ports of the simulator if they are free.
    private const int SimulatorPort = 7090;
    private const int PicturePort = 7091;

    // If this process is killed, Azurite's output pipes break. Ignore the error, so that Azurite can still save its data.
    private const string AzuriteScript =
        "for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {}); require(process.argv[1]);";

    // Removes the token in every spelling. Only the app needs it.
    private static readonly IReadOnlyDictionary<string, string?> WithoutToken = Environment.GetEnvironmentVariables().Keys.Cast<string>()
        .Where(name => TokenPlaces.Names.Contains(name, StringComparer.OrdinalIgnoreCase))
        .ToDictionary(name => name, _ => (string?)null);

    public ChildPlan Azurite()
    {
        var (blob, queue, table) = options.StoragePort == 0
            ? (0, 0, 0)
            : (options.StoragePort, options.StoragePort + 1, options.StoragePort + 2);
        var plan = Plan(
            "Azurite", "azurite", "node", "-e", AzuriteScript, checkout.Azurite, "--silent", "--location", folder.Storage,
            "--disableTelemetry", "--skipApiVersionCheck",
            "--blobPort", $"{blob}", "--queuePort", $"{queue}", "--tablePort", $"{table}");
        return plan with { Environment = WithoutToken };
    }

    public static async Task<string> StorageAsync(Child azurite, CancellationToken cancellation)
    {
        var ports = new Dictionary<string, int>(StringComparer.Ordinal);
        while (ports.Count < 3)
        {
            var line = await azurite.LineAsync(AzuriteListens, cancellation);
            ports[line.Groups["service"].Value] = int.Parse(line.Groups["port"].Value, CultureInfo.InvariantCulture);
        }

        return LocalStorage.ConnectionString(ports["Blob"], ports["Queue"], ports["Table"]);
    }

    /// <summary>The plans to try in order: the usual ports if they are free, then any free ports.</summary>
    public IEnumerable<ChildPlan> Simulators()
    {
        if (Ports.IsFree(SimulatorPort) && Ports.IsFree(PicturePort))
            yield return Simulator(SimulatorPort, PicturePort);
        yield return Simulator(0, 0);
    }

    public static async Task<SimulatorAddresses> AddressesAsync(Child simulator, CancellationToken cancellation)
    {
        var line = await simulator.LineAsync(SimulatorListens, cancellation);
        return new SimulatorAddresses(new Uri(line.Groups["api"].Value), new Uri(line.Groups["pictures"].Value));
    }

    public ChildPlan App(IReadOnlyDictionary<string, string> environment, Action<string> echo)
    {
        string[] command = [
            "dotnet",
            checkout.LocalHost,
            checkout.App,
            "--port",
            $"{options.Port}",
            .. options.RequireKey ? ["--require-key", folder.Key] : Array.Empty<string>()];
        // The log has the list of functions. The Ready line is not echoed, because up prints its own once the app can serve requests.
        return Plan(
            UpWords.TheApp,
            "app",
            command) with
        {
            Environment = environment.ToDictionary(
                set => set.Key, set => (string?)set.Value),
            Echo = line => { if (IsForPeople(line)) echo(line); }
        };
    }

    public static async Task<Uri> AddressAsync(Child app, CancellationToken cancellation) =>
        new((await app.LineAsync(AppListens, cancellation)).Groups["url"].Value);

    private static bool IsForPeople(string line) =>
        !AppListens.IsMatch(line) && !line.StartsWith("  ", StringComparison.Ordinal)
            && !line.StartsWith("Functions:", StringComparison.Ordinal) && !line.StartsWith("Worker: ", StringComparison.Ordinal);

    private ChildPlan Simulator(int port, int picturePort) =>
        Plan(
            UpWords.TheSimulator,
            "simulator",
            "dotnet",
            checkout.Simulator,
            "--port",
            $"{port}",
            "--picture-port",
            $"{picturePort}") with
        { Environment = WithoutToken };

    private ChildPlan Plan(string name, string log, params string[] command) =>
        new(name, command) { LogFile = Path.Combine(folder.Logs, $"{log}.log"), WorkingDirectory = checkout.Root };

    [GeneratedRegex(
        @"^Azurite (?<service>\w+) service is successfully listening at http://127\.0\.0\.1:(?<port>\d+)",
            RegexOptions.ExplicitCapture,
            matchTimeoutMilliseconds: 1000)]
    private static partial Regex AzuriteListens { get; }

    [GeneratedRegex(
        @"^Simulated ModelScope: (?<api>http://\S+) \(pictures on (?<pictures>http://[^\s;]+)",
            RegexOptions.ExplicitCapture,
            matchTimeoutMilliseconds: 1000)]
    private static partial Regex SimulatorListens { get; }

    [GeneratedRegex(@"^Ready: (?<url>http://\S+)$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex AppListens { get; }
}
