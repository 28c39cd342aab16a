using System.Net;
using System.Net.Sockets;
using Darkroom.TestKit;

namespace Darkroom.LocalHost.Tests;

/// <summary>Start errors: the host prints what is wrong and what to do, without a stack, exits with 1, and leaves no process.</summary>
public sealed class BadStartTests : IDisposable
{
    private const string Marker = "TINY_MARKER";
    private readonly AppFolder _app = new();
    private readonly string _mark = Guid.NewGuid().ToString("N");

    public void Dispose() => _app.Dispose();

    [Theory]
    [InlineData("functions.metadata")]
    [InlineData("worker.config.json")]
    [InlineData("host.json")]
    public async Task Start_FolderWithoutARequiredFile_NamesTheFile(string missing)
    {
        File.Delete(_app[missing]);
        Assert.Contains(missing, await RefusalAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_FolderMissing_Fails() =>
        Assert.Contains("does not exist", await RefusalAsync(folder: _app["nothing"]), StringComparison.Ordinal);

    [Theory]
    [InlineData("{", "host.json is not valid JSON")]
    [InlineData("[]", "host.json is not a JSON object")]
    [InlineData("""{"version":"2.0","functionTimeout":"soon"}""", "functionTimeout")]
    [InlineData("""{"version":"2.0","extensions":{"durableTask":{"storageProvider":{"partitionCount":99}}}}""", "partitionCount")]
    [InlineData("""{"version":"2.0","extensions":{"queues":{"batchSize":"many"}}}""", "batchSize")]
    public async Task Start_InvalidHostJson_NamesTheValue(string hostJson, string named)
    {
        await File.WriteAllTextAsync(_app["host.json"], hostJson);
        Assert.Contains(named, await RefusalAsync(), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Start_ExtensionMissing_NamesTheExtension()
    {
        var list = _app["extensions.json"];
        await File.WriteAllTextAsync(
            list,
            (await File.ReadAllTextAsync(list)).Replace(
                "Microsoft.Azure.WebJobs.Extensions.DurableTask", "Microsoft.Azure.WebJobs.Extensions.Nowhere", StringComparison.Ordinal));
        Assert.Contains("Nowhere", await RefusalAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, "AzureWebJobsStorage")]
    [InlineData("nonsense", "AzureWebJobsStorage")]
    [InlineData(
        "DefaultEndpointsProtocol=http;AccountName=a;AccountKey=YQ==;BlobEndpoint=http://127.0.0.1:9/a;QueueEndpoint=http://127.0.0.1:9/a;TableEndpoint=http://127.0.0.1:9/a;",
            "127.0.0.1:9")]
    public async Task Start_StorageNotUsable_NamesTheSettingOrAddress(string? connection, string named) =>
        Assert.Contains(named, await RefusalAsync(storage: connection ?? ""), StringComparison.Ordinal);

    [Fact]
    public async Task Start_PortInUse_NamesThePort()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = $"{((IPEndPoint)taken.LocalEndpoint).Port}";
        Assert.Contains(port, await RefusalAsync(options: ["--port", port]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_WorkerEnds_PrintsItsExitCodeAndLastOutput()
    {
        var refusal = await RefusalAsync(more: ("TINY_EXITS", "no licence found"));
        Assert.Contains("exit code 3", refusal, StringComparison.Ordinal);
        Assert.Contains("no licence found", refusal, StringComparison.Ordinal);
    }

    // Returns the output. Checks that the exit code is 1, that no stack is printed, and that no process is left.
    private async Task<string> RefusalAsync(
        string? folder = null, string? storage = null, (string Name, string Value)? more = null, params string[] options)
    {
        var settings = new Dictionary<string, string>(
            TinyHost.Settings(storage ?? (await Azurite.SharedAsync()).ConnectionString))
        { [Marker] = _mark };
        if (more is var (name, value))
            settings[name] = value;
        using var host = LocalHostProcess.Begin(folder ?? _app.Path, settings, options);
        var code = await host.Ended.WaitAsync(TimeSpan.FromMinutes(2));
        Assert.True(code == 1, $"{code}: {host.Output}");
        Assert.DoesNotContain("   at ", host.Output, StringComparison.Ordinal);
        await Until.TrueAsync(() => Task.FromResult(Processes.With($"{Marker}={_mark}").Count == 0), () => "A process is still running.");
        return host.Output;
    }
}
