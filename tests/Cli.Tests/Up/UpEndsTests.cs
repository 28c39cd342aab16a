using System.Globalization;
using System.Text.Json.Nodes;
using Darkroom.Cli.Up;
using Darkroom.TestKit;

namespace Darkroom.Cli.Tests.Up;

/// <summary>Every way in which <c>up</c> can end: no process remains, and no data is lost.</summary>
public sealed class UpEndsTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private string State => _folder["state"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Up_KilledAndStartedAgain_HasThePicturesAndNoOldProcess()
    {
        await using var killed = UpProcess.Start(State);
        var made = await RunAsync(await killed.ReadyAsync(), "generate", "a cat that stays", "--size", "64x64", "--json");
        Assert.True(made.Code == ExitCode.Ok, made.Error);
        var id = (string)JsonNode.Parse(made.Out)!["id"]!;
        Assert.True(killed.Everything().Count >= 7, "up, three programs, three watchers");

        killed.Kill();
        await using var next = UpProcess.Start(State);
        var url = await next.ReadyAsync();

        // The next up has waited until they ended.
        Assert.Equal([], killed.Everything().Except([killed.Id]));
        Assert.Equal(ExitCode.Ok, (await RunAsync(url, "download", id, "--out", "again")).Code);
        Assert.Equal(
            ["again", "generated-images"],
            _folder.Files.Where(file => file.EndsWith(".png", StringComparison.Ordinal)).Select(Path.GetDirectoryName));

        next.Signal("TERM");
        Assert.Equal(0, await next.EndAsync());
        Assert.Empty(next.Everything());
        Assert.False(File.Exists(Path.Combine(State, "up.pid")));
        Assert.False(File.Exists(Path.Combine(State, "children.pid")));
    }

    [Fact]
    public async Task Up_Killed_LeavesNoProcess()
    {
        await using var up = UpProcess.Start(State);
        await up.ReadyAsync();

        up.Kill();

        await up.GoneAsync();
    }

    [Fact]
    public async Task Up_StartedInTheBackgroundOfAScript_EndsOnSigint()
    {
        await using var up = UpProcess.StartInBackground(State);
        await up.ReadyAsync();

        up.Signal("INT");

        Assert.Equal(0, await up.EndAsync());
        // The watchers can end a moment after up.
        await up.GoneAsync();
        Assert.False(File.Exists(Path.Combine(State, "up.pid")));
    }

    [Fact]
    public async Task Up_InterruptedDuringTheStart_EndsCleanly()
    {
        await using var up = UpProcess.Start(State);
        await up.BegunAsync();

        up.Signal("HUP");

        Assert.Equal(0, await up.EndAsync());
        Assert.Empty(up.Everything());
        Assert.DoesNotContain("Ready: ", up.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Up_ProgramDies_EndsAllAndPrintsItsLastLines()
    {
        await using var up = UpProcess.Start(State);
        await up.ReadyAsync();
        var simulator = File.ReadLines(Path.Combine(State, "children.pid"))
            .Single(line => line.Contains("Darkroom.Simulator.dll", StringComparison.Ordinal))
            .Split('\t')[0];

        Signals.Kill(int.Parse(simulator, CultureInfo.InvariantCulture));

        Assert.Equal(ExitCode.Failed, await up.EndAsync());
        Assert.Contains(
            "The simulator ended (exit code 137). Its last output:\n  Simulated ModelScope: ", up.Output, StringComparison.Ordinal);
        Assert.Empty(up.Everything());
    }

    [Fact]
    public async Task Up_Simulator_NoProgramHasTheRealToken()
    {
        const string token = "ms-real-and-not-to-be-seen";
        await using var up = UpProcess.Start(
            State, variables: new Dictionary<string, string> { ["MODELSCOPE_API_KEY"] = token, ["modelscope_sdk_token"] = token });
        await up.ReadyAsync();

        var started = up.Everything().Except([up.Id]).ToArray();

        Assert.True(started.Length >= 6, "three programs, three watchers");
        Assert.All(started, id => Assert.DoesNotContain(token, File.ReadAllText($"/proc/{id}/environ"), StringComparison.Ordinal));
        Assert.DoesNotContain(token, up.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Up_InvalidSetting_FailsWithTheAppsMessage()
    {
        await using var up = UpProcess.Start(State, variables: new Dictionary<string, string> { ["Darkroom__Slots"] = "many" });

        Assert.Equal(ExitCode.Failed, await up.EndAsync());
        Assert.Contains("Darkroom__Slots is \"many\"", up.Output, StringComparison.Ordinal);
        Assert.Empty(up.Everything());
    }

    private Task<CommandRun> RunAsync(Uri url, params string[] arguments) =>
        CommandRun.OfAsync(_folder.Path, [.. arguments, "--url", $"{url}"]);
}
