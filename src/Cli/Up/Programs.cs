using System.Globalization;
using System.Text.RegularExpressions;

namespace Darkroom.Cli.Up;

/// <summary>The three programs: how each is started, and what it says when it listens.</summary>
internal sealed partial class Programs(Checkout checkout, StateFolder folder, UpOptions options)
{
    // Where the simulator is when nobody else is there.
    private const int SimulatorPort = 7090;
    private const int PicturePort = 7091;

    // Whoever reads its lines may be killed before it is: it has to go on and put its data away.
    private const string AzuriteScript =
        "for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {}); require(process.argv[1]);";

    // However it is spelled; only the app has a use for it.
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

    /// <summary>On its usual ports while they are free; else, or when somebody was quicker, on any.</summary>
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
        // Its list of functions is in the log; that a first request can be served is for us to say.
        return Plan(
            "The app",
            "app",
            command) with { Environment = environment.ToDictionary(
                set => set.Key, set => (string?)set.Value), Echo = line => { if (IsForPeople(line)) echo(line); } };
    }

    public static async Task<Uri> AddressAsync(Child app, CancellationToken cancellation) =>
        new((await app.LineAsync(AppListens, cancellation)).Groups["url"].Value);

    private static bool IsForPeople(string line) =>
        !AppListens.IsMatch(line) && !line.StartsWith("  ", StringComparison.Ordinal)
            && !line.StartsWith("Functions:", StringComparison.Ordinal) && !line.StartsWith("Worker: ", StringComparison.Ordinal);

    private ChildPlan Simulator(int port, int picturePort) =>
        Plan(
            "The simulator",
            "simulator",
            "dotnet",
            checkout.Simulator,
            "--port",
            $"{port}",
            "--picture-port",
            $"{picturePort}") with { Environment = WithoutToken };

    private ChildPlan Plan(string name, string log, params string[] command) =>
        new(name, command) { LogFile = Path.Combine(folder.Logs, $"{log}.log"), WorkingDirectory = checkout.Root };

    [
        GeneratedRegex(
            @"^Azurite (?<service>\w+) service is successfully listening at http://127\.0\.0\.1:(?<port>\d+)",
            RegexOptions.ExplicitCapture,
            matchTimeoutMilliseconds: 1000)]
    private static partial Regex AzuriteListens { get; }

    [
        GeneratedRegex(
            @"^Simulated ModelScope: (?<api>http://\S+) \(pictures on (?<pictures>http://[^\s;]+)",
            RegexOptions.ExplicitCapture,
            matchTimeoutMilliseconds: 1000)]
    private static partial Regex SimulatorListens { get; }

    [GeneratedRegex(@"^Ready: (?<url>http://\S+)$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex AppListens { get; }
}
