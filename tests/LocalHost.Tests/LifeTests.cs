using System.Net;
using Darkroom.TestKit;

namespace Darkroom.LocalHost.Tests;

/// <summary>The lifetime of host and worker: restarts, time-outs, stop, keys and settings.</summary>
public sealed class LifeTests
{
    [Fact]
    public async Task Worker_Dies_IsStartedAgainAndTheNextRequestWaits()
    {
        using var host = await StartAsync();
        using var http = new HttpClient { BaseAddress = await host.Ready };
        using var died = await http.GetAsync("api/dies");
        Assert.True((int)died.StatusCode >= 500, $"{died.StatusCode}");
        await SeenAsync(host);
        using var next = await http.GetAsync("api/echo/again");
        Assert.Equal(HttpStatusCode.Accepted, next.StatusCode);
        Assert.Contains("exit code 7", host.Output, StringComparison.Ordinal);
        Assert.Contains("Dying on purpose.", host.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Worker_DiesBeforeFunctionsAreLoaded_IsStartedAgain()
    {
        using var lives = new TemporaryFile("2");
        using var host = LocalHostProcess.Begin(
            TinyHost.App, TinyHost.Settings((await Azurite.SharedAsync()).ConnectionString, ("TINY_FAILED_LIVES", lives.Path)));
        using var http = new HttpClient { BaseAddress = await host.Ready.WaitAsync(TimeSpan.FromMinutes(3)) };
        using var answer = await http.GetAsync("api/echo/alive");
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        Assert.Equal("0", await File.ReadAllTextAsync(lives.Path));
        Assert.Contains("exit code 9", host.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Worker_AlwaysDiesBeforeFunctionsAreLoaded_EndsTheHostWithTheReason()
    {
        using var lives = new TemporaryFile("100");
        using var host = LocalHostProcess.Begin(
            TinyHost.App, TinyHost.Settings((await Azurite.SharedAsync()).ConnectionString, ("TINY_FAILED_LIVES", lives.Path)));
        Assert.Equal(1, await host.Ended.WaitAsync(TimeSpan.FromMinutes(3)));
        Assert.Contains("exit code 9", host.Output, StringComparison.Ordinal);
        Assert.Contains("The port is taken.", host.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Worker_DiesFiveTimes_EndsTheHostWithTheReason()
    {
        using var host = await StartAsync();
        using var http = new HttpClient { BaseAddress = await host.Ready };
        while (!host.Ended.IsCompleted)
        {
            try
            {
                using var died = await http.GetAsync("api/dies");
            }
            catch (HttpRequestException)
            {
                // The host has ended.
            }
        }

        Assert.Equal(1, await host.Ended);
        Assert.Contains("times in a row (exit code 7)", host.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Function_ExceedsTheTimeout_IsEndedWithItsWorker()
    {
        // The limit includes the wait of the next request for a new worker.
        using var host = await StartAsync(("AzureFunctionsJobHost__functionTimeout", "00:00:20"));
        using var http = new HttpClient { BaseAddress = await host.Ready };
        using var hung = await http.GetAsync("api/hangs");
        Assert.Equal(HttpStatusCode.InternalServerError, hung.StatusCode);
        await SeenAsync(host);
        using var next = await http.GetAsync("api/echo/again");
        Assert.Equal(HttpStatusCode.Accepted, next.StatusCode);
    }

    [Fact]
    public async Task Host_Sigterm_EndsWithItsWorker()
    {
        using var host = await StartAsync();
        using var worker = host.Worker;
        Assert.Equal(0, await host.StopAsync());
        await Until.TrueAsync(() => Task.FromResult(worker.HasExited), () => "The worker is still running.");
    }

    [Fact]
    public async Task Host_Killed_WorkerEnds()
    {
        using var host = await StartAsync();
        using var worker = host.Worker;
        host.KillHost();
        await Until.TrueAsync(() => Task.FromResult(worker.HasExited), () => "The worker is still running.");
    }

    [Fact]
    public async Task RequireKey_RequestWithoutTheKey_IsUnauthorized()
    {
        var folder = Directory.CreateTempSubdirectory("tiny-key-");
        var file = Path.Combine(folder.FullName, "key");
        using var host = await LocalHostProcess.StartAsync(
            TinyHost.App,
            TinyHost.Settings((await Azurite.StartAnotherAsync()).ConnectionString, ("TINY_HTTP", "channel")),
            "--require-key",
            file);
        using var http = new HttpClient { BaseAddress = await host.Ready };
        var key = await File.ReadAllTextAsync(file);
        foreach (var (path, code) in new[]
            {
                ("api/echo/open", HttpStatusCode.Accepted),
                ("api/some/where/here", HttpStatusCode.Unauthorized),
                ("runtime/webhooks/durabletask/instances", HttpStatusCode.Unauthorized),
            })
        {
            using var without = await http.GetAsync(path);
            Assert.Equal(code, without.StatusCode);
            using var with = await http.GetAsync($"{path}?code={key}");
            Assert.True(with.IsSuccessStatusCode, $"{path}: {with.StatusCode}");
        }

        using var request = new HttpRequestMessage(HttpMethod.Get, "api/some/where/here") { Headers = { { "x-functions-key", key } } };
        using var header = await http.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, header.StatusCode);
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task LocalSettings_DisabledFunctionAndRoute_AreApplied()
    {
        using var app = new AppFolder();
        await File.WriteAllTextAsync(
            app["local.settings.json"],
            """{"IsEncrypted":false,"Values":{"AzureWebJobs.Echo.Disabled":"true","TINY_HTTP":"channel","TINY_ROUTE":"from/file"}}""");
        using var host = await LocalHostProcess.StartAsync(
            app.Path, new Dictionary<string, string> { ["AzureWebJobsStorage"] = (await Azurite.StartAnotherAsync()).ConnectionString });
        using var http = new HttpClient { BaseAddress = await host.Ready };
        using var disabled = await http.GetAsync("api/echo/cat");
        Assert.Equal(HttpStatusCode.NotFound, disabled.StatusCode);
        using var elsewhere = await http.GetAsync("api/from/file/here");
        Assert.Equal(HttpStatusCode.OK, elsewhere.StatusCode);
        Assert.DoesNotContain("  Echo:", host.Output, StringComparison.Ordinal);
    }

    private static Task SeenAsync(LocalHostProcess host) =>
        Until.TrueAsync(
            () => Task.FromResult(host.Output.Contains("it is started again", StringComparison.Ordinal)),
            () => $"The host did not report that the worker ended: {host.Output}");

    private static async Task<LocalHostProcess> StartAsync(params (string Name, string Value)[] more) =>
        await LocalHostProcess.StartAsync(TinyHost.App, TinyHost.Settings((await Azurite.StartAnotherAsync()).ConnectionString, more));

    private sealed class TemporaryFile : IDisposable
    {
        public TemporaryFile(string text) => File.WriteAllText(Path, text);

        public string Path { get; } = System.IO.Path.GetTempFileName();

        public void Dispose() => File.Delete(Path);
    }
}
