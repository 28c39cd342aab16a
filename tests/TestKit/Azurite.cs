using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Darkroom.TestKit;

/// <summary>Azurite from npm as the storage of tests, in memory and on free ports. One instance serves all tests of a run.</summary>
public sealed partial class Azurite
{
    // The default account of Azurite. Its key is public.
    private const string Account = "devstoreaccount1";
    private const string Key = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    // More accounts, each with its own empty storage. There are more of them than tests that need one.
    private const int MoreAccounts = 500;

    private static readonly Lazy<Task<Azurite>> Running = new(() => StartAsync(location: null));
    private static readonly ConcurrentBag<Azurite> Others = [];

    // A reference is kept, because garbage collection would close Azurite's standard input, which ends Azurite.
    private readonly Process _process;
    private readonly IReadOnlyDictionary<string, int> _ports;
    private readonly ConcurrentDictionary<string, long> _calls = new(StringComparer.Ordinal);
    private int _accounts;

    private Azurite(Process process, IReadOnlyDictionary<string, int> ports)
    {
        (_process, _ports) = (process, ports);
        ConnectionString = ConnectionTo(Account);
    }

    /// <summary>The number of requests so far, by verb, resource and operation, from Azurite's log.</summary>
    public IReadOnlyDictionary<string, long> Calls => new Dictionary<string, long>(_calls);

    public bool IsRunning => !_process.HasExited;

    /// <summary>The connection string of the default account, for blobs, queues and tables.</summary>
    public string ConnectionString { get; }

    /// <summary>Returns the connection string of an unused account.</summary>
    public string NewAccount()
    {
        var number = Interlocked.Increment(ref _accounts);
        return number <= MoreAccounts
            ? ConnectionTo($"test{number}")
            : throw new InvalidOperationException($"All {MoreAccounts} accounts are in use.");
    }

    /// <summary>The shared instance, which the first call starts.</summary>
    public static Task<Azurite> SharedAsync() => Running.Value;

    /// <summary>Starts another instance, for tests that need storage of their own. It ends with the test process.</summary>
    /// <param name="location">The folder for the data; null for memory.</param>
    public static async Task<Azurite> StartAnotherAsync(string? location = null)
    {
        var another = await StartAsync(location);
        Others.Add(another);
        return another;
    }

    private static async Task<Azurite> StartAsync(string? location)
    {
        var main = Path.Combine(Repository.Root, "node_modules", "azurite", "dist", "src", "azurite.js");
        if (!File.Exists(main))
            throw new InvalidOperationException($"Azurite is not installed: run 'npm ci' in {Repository.Root}.");

        string[] arguments =
        [
            Path.Combine(Repository.Root, "tests", "TestKit", "azurite.cjs"), .. location is null
                ? (string[])["--inMemoryPersistence"]
                : ["--location", location], "--disableTelemetry", "--skipApiVersionCheck", "--loose",
            "--blobPort", "0", "--queuePort", "0", "--tablePort", "0",
        ];
        var start = new ProcessStartInfo(
            "node",
            arguments)
        {
            UseShellExecute = false,
            WorkingDirectory = Path.GetTempPath(),
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true
        };
        start.Environment["AZURITE_ACCOUNTS"] = string.Join(
            ';', Enumerable.Range(1, MoreAccounts).Select(number => $"test{number}:{Key}").Prepend($"{Account}:{Key}"));
        var process = Process.Start(start)
            ?? throw new InvalidOperationException("Node.js did not start.");
        var ports = new Dictionary<string, int>();
        while (ports.Count < 3)
        {
            var line = await process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException(
                $"Azurite ended: {await process.StandardError.ReadToEndAsync()}");
            if (Listening.Match(line) is { Success: true } match)
                ports[match.Groups["service"].Value] = int.Parse(match.Groups["port"].Value, CultureInfo.InvariantCulture);
        }

        // The output must be read, or Azurite blocks when the pipe is full.
        _ = process.StandardError.BaseStream.CopyToAsync(Stream.Null);
        var azurite = new Azurite(process, ports);
        _ = azurite.CountAsync();
        return azurite;
    }

    private string ConnectionTo(string account) => $"DefaultEndpointsProtocol=http;AccountName={account};AccountKey={Key};"
        + string.Concat(_ports.Select(port => $"{port.Key}Endpoint=http://127.0.0.1:{port.Value}/{account};"));

    private async Task CountAsync()
    {
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (Request.Match(line) is not { Success: true } request)
                continue;
            // The pattern leaves out the rest of the path, because each blob or entity would otherwise be a kind of its own.
            var kind =
                $"{request.Groups["verb"].Value} {request.Groups["resource"].Value}{request.Groups["messages"].Value}{request.Groups["component"].Value}";
            _calls.AddOrUpdate(kind, 1, (_, calls) => calls + 1);
        }
    }

    // 127.0.0.1 - - [date] "GET /devstoreaccount1/darkroom-control-00/messages?numofmessages=32 HTTP/1.1" 200 -
    [GeneratedRegex("""
        "(?<verb>[A-Z]+) /(devstoreaccount1|test\d+)/(?<resource>[^/?( "]*)[^?" ]*?(?<messages>/messages)?(\?[^" ]*?(?<component>comp=[a-z]+)?[^" ]*)? HTTP
        """, RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Request { get; }

    [GeneratedRegex(
        @"Azurite (?<service>\w+) service is successfully listening at http://127\.0\.0\.1:(?<port>\d+)",
            RegexOptions.ExplicitCapture,
            matchTimeoutMilliseconds: 1000)]
    private static partial Regex Listening { get; }
}
