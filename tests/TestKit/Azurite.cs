using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Darkroom.TestKit;

/// <summary>A real Azure Storage for tests: Azurite from npm, in memory, on free ports. One serves all tests of a run.</summary>
public sealed partial class Azurite
{
    // The account that every Azurite has; its key is public.
    private const string Account = "devstoreaccount1";
    private const string Key = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    // Further accounts, each an empty storage of its own; far more than there are tests that want one.
    private const int MoreAccounts = 500;

    private static readonly Lazy<Task<Azurite>> Running = new(() => StartAsync(location: null));
    private static readonly ConcurrentBag<Azurite> Others = [];

    // Kept, because a collected one takes its standard input with it.
    private readonly Process _process;
    private readonly IReadOnlyDictionary<string, int> _ports;
    private readonly ConcurrentDictionary<string, long> _calls = new(StringComparer.Ordinal);
    private int _accounts;

    private Azurite(Process process, IReadOnlyDictionary<string, int> ports)
    {
        (_process, _ports) = (process, ports);
        ConnectionString = ConnectionTo(Account);
    }

    /// <summary>Requests so far, by service, verb and resource, as its own log has them.</summary>
    public IReadOnlyDictionary<string, long> Calls => new Dictionary<string, long>(_calls);

    public bool IsRunning => !_process.HasExited;

    /// <summary>Blob, queue and table.</summary>
    public string ConnectionString { get; }

    /// <summary>The connection string of an account that nobody has used.</summary>
    public string NewAccount()
    {
        var number = Interlocked.Increment(ref _accounts);
        return number <= MoreAccounts
            ? ConnectionTo($"test{number}")
            : throw new InvalidOperationException($"All {MoreAccounts} accounts are used.");
    }

    /// <summary>The one of this run, started when it is first asked for.</summary>
    public static Task<Azurite> SharedAsync() => Running.Value;

    /// <summary>One more, for who must not meet others' blobs. It ends with the tests.</summary>
    /// <param name="location">A folder to keep blobs in; null for memory.</param>
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
            throw new InvalidOperationException($"Azurite is not there: run 'npm ci' in {Repository.Root}.");

        string[] arguments =
        [
            Path.Combine(Repository.Root, "tests", "TestKit", "azurite.cjs"), .. location is null
                ? (string[])["--inMemoryPersistence"]
                : ["--location", location], "--disableTelemetry", "--skipApiVersionCheck", "--loose",
            "--blobPort", "0", "--queuePort", "0", "--tablePort", "0",
        ];
        var start = new ProcessStartInfo(
            "node",
            arguments) { UseShellExecute = false, WorkingDirectory = Path.GetTempPath(), RedirectStandardInput = true,
            RedirectStandardOutput = true, RedirectStandardError = true };
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

        // What it goes on to say must be read, or it waits for somebody to read it.
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
            // An entity's key would make a kind of its own.
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

    [
        GeneratedRegex(
            @"Azurite (?<service>\w+) service is successfully listening at http://127\.0\.0\.1:(?<port>\d+)",
            RegexOptions.ExplicitCapture,
            matchTimeoutMilliseconds: 1000)]
    private static partial Regex Listening { get; }
}
