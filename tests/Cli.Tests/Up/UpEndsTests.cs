using System.Globalization;
using System.Text.Json.Nodes;
using Darkroom.Cli.Up;
using Darkroom.TestKit;

namespace Darkroom.Cli.Tests.Up;

/// <summary>However <c>up</c> ends, nothing of it is left, and nothing is lost.</summary>
public sealed class UpEndsTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private string State => _folder["state"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Killed_it_takes_everything_along_and_the_next_one_has_what_was_made()
    {
        await using var killed = UpProcess.Start(State);
        var made = await RunAsync(await killed.ReadyAsync(), "generate", "a cat that stays", "--size", "64x64", "--json");
        Assert.True(made.Code == ExitCode.Ok, made.Error);
        var id = (string)JsonNode.Parse(made.Out)!["id"]!;
        Assert.True(killed.Everything().Count >= 7, "up, three programs, three watchers");

        killed.Kill();
        await using var next = UpProcess.Start(State);
        var url = await next.ReadyAsync();

        // The next one has waited for them.
        Assert.Equal([], killed.Everything().Except([killed.Id]));
        Assert.Equal(ExitCode.Ok, (await RunAsync(url, "download", id, "--out", "again")).Code);
        Assert.Equal(
            ["again/a-cat-that-stays-0.png", "generated-images/a-cat-that-stays-0.png"],
            _folder.Files.Where(file => file.EndsWith(".png", StringComparison.Ordinal)));

        next.Signal("TERM");
        Assert.Equal(0, await next.EndAsync());
        Assert.Empty(next.Everything());
        Assert.False(File.Exists(Path.Combine(State, "up.pid")));
        Assert.False(File.Exists(Path.Combine(State, "children.pid")));
    }

    [Fact]
    public async Task Killed_and_left_alone_it_leaves_no_orphans()
    {
        await using var up = UpProcess.Start(State);
        await up.ReadyAsync();

        up.Kill();

        await up.GoneAsync();
    }

    [Fact]
    public async Task Started_in_the_background_of_a_script_it_still_ends_with_an_interrupt()
    {
        await using var up = UpProcess.StartInBackground(State);
        await up.ReadyAsync();

        up.Signal("INT");

        Assert.Equal(0, await up.EndAsync());
        // Its shell may need a moment to notice.
        await up.GoneAsync();
        Assert.False(File.Exists(Path.Combine(State, "up.pid")));
    }

    [Fact]
    public async Task Interrupted_while_it_starts_it_ends_just_as_well()
    {
        await using var up = UpProcess.Start(State);
        await up.BegunAsync();

        up.Signal("HUP");

        Assert.Equal(0, await up.EndAsync());
        Assert.Empty(up.Everything());
        Assert.DoesNotContain("Ready: ", up.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_program_that_dies_ends_it_all_and_is_named_with_its_last_lines()
    {
        await using var up = UpProcess.Start(State);
        await up.ReadyAsync();
        var simulator = File.ReadLines(Path.Combine(State, "children.pid"))
            .Single(line => line.Contains("Darkroom.Simulator.dll", StringComparison.Ordinal))
            .Split('\t')[0];

        Signals.Kill(int.Parse(simulator, CultureInfo.InvariantCulture));

        Assert.Equal(ExitCode.Failed, await up.EndAsync());
        Assert.Contains(
            "The simulator ended (exit code 137). The last it said:\n  Simulated ModelScope: ", up.Output, StringComparison.Ordinal);
        Assert.Empty(up.Everything());
    }

    [Fact]
    public async Task With_the_simulator_no_program_that_is_started_has_the_real_token()
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
    public async Task A_setting_that_cannot_be_ends_the_start_with_the_apps_own_words()
    {
        await using var up = UpProcess.Start(State, variables: new Dictionary<string, string> { ["Darkroom__Slots"] = "many" });

        Assert.Equal(ExitCode.Failed, await up.EndAsync());
        Assert.Contains("Darkroom__Slots is \"many\"", up.Output, StringComparison.Ordinal);
        Assert.Empty(up.Everything());
    }

    private Task<CommandRun> RunAsync(Uri url, params string[] arguments) =>
        CommandRun.OfAsync(_folder.Path, [.. arguments, "--url", $"{url}"]);
}
