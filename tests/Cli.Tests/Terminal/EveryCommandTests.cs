using System.Text.Json.Nodes;
using Darkroom.Cli.Tests.Up;

namespace Darkroom.Cli.Tests.Terminal;

/// <summary>Each command against a real Darkroom, in a pseudo-terminal and in a pipe. An underscore stands for a blank.</summary>
[Collection(SharedDarkroom.Name)]
public sealed class EveryCommandTests(RunningDarkroom darkroom) : IDisposable
{
    private static readonly (string Arguments, int Code, string Says)[] Cases =
    [
        ("status {job}", ExitCode.Ok, "darkroom download {job}"),
        ("status {failed}", ExitCode.Failed, "darkroom resubmit {failed}"),
        ("status --batch {batch}", ExitCode.Failed, "darkroom retry {batch}"),
        ("list --top 3", ExitCode.Ok, "PROMPT"),
        ("download {job} --out here", ExitCode.Ok, "here/a-subject-"),
        ("cancel {job}", ExitCode.Ok, "The job {job} is over already: succeeded."),
        ("cancel --batch {batch}", ExitCode.Ok, "1 succeeded, 1 failed, 0 canceled."),
        ("resubmit {failed}", ExitCode.Failed, "Job {failed}"),
        ("retry {batch}", ExitCode.Failed, "0 succeeded, 1 failed, 0 canceled."),
        ("priority {job} bulk", ExitCode.Failed, ""),
        ("gate", ExitCode.Ok, "slots"),
        ("usage --by model", ExitCode.Ok, "total"),
        ("doctor", ExitCode.Ok, "is ready"),
        ("completion bash", ExitCode.Ok, "complete -o default"),
        ("batch --resume {batch}", ExitCode.Failed, "1 succeeded, 1 failed, 0 canceled."),
        ("--help", ExitCode.Ok, "darkroom up --open"),
        ("test --help", ExitCode.Ok, "darkroom test"),
        ("prove --help", ExitCode.Ok, "darkroom prove"),
        ("bench --help", ExitCode.Ok, "darkroom bench"),
        ("fuzz --help", ExitCode.Ok, "darkroom fuzz"),
        ("ship --help", ExitCode.Ok, "darkroom ship"),
    ];

    private readonly TempFolder _folder = new();

    public static TheoryData<bool, string, int, string> EachBothWays =>
        [.. from isTerminal in new[] { true, false } from one in Cases select (isTerminal, one.Arguments, one.Code, one.Says)];

    public static TheoryData<string, int> EachWithJson =>
        [.. from one in Cases where !one.Arguments.Contains("--help", StringComparison.Ordinal) && one.Says.Length > 0
            && one.Arguments.Split(' ')[0] is not ("completion" or "resubmit" or "retry") select (one.Arguments, one.Code)];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(EachBothWays))]
    public async Task Command_RunsInATerminalAndInAPipe(bool isTerminal, string arguments, int code, string says)
    {
        var subjects = await Subjects.OfAsync(darkroom);

        var run = await RunAsync(isTerminal, subjects.FillIn(arguments));

        Assert.True(code == run.Code, $"{run.Code}: {run.Text}");
        Assert.Contains(subjects.FillIn(says.Replace(' ', '|'))[0].Replace('|', ' '), run.Text, StringComparison.Ordinal);
        if (!isTerminal)
            Assert.DoesNotContain('\u001b', run.Out);
    }

    [Theory]
    [MemberData(nameof(EachWithJson))]
    public async Task Command_Json_PrintsOneJsonDocument(string arguments, int code)
    {
        var run = await RunAsync(isTerminal: false, [.. (await Subjects.OfAsync(darkroom)).FillIn(arguments), "--json"]);

        Assert.True(code == run.Code, $"{run.Code}: {run.Text}");
        Assert.NotNull(JsonNode.Parse(run.Out));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Generate_ShowsABarInATerminalAndLinesInAPipe(bool isTerminal)
    {
        var run = await RunAsync(isTerminal, "generate", "一只金色的猫", "--size", "64x64");

        Assert.True(run.Code == ExitCode.Ok, run.Text);
        Assert.Equal(isTerminal, run.Text.Contains("100%", StringComparison.Ordinal) && run.Text.Contains('━'));
        Assert.Equal(!isTerminal, run.Text.Split('\n').Contains("succeeded"));
        var picture = Assert.Single(_folder.Files, file => file.EndsWith(".png", StringComparison.Ordinal));
        Assert.Matches(@"^generated-images/一只金色的猫-\d{8}-\d{6}\.png$", picture);
        var sidecar = JsonNode.Parse(await File.ReadAllTextAsync(_folder[Path.ChangeExtension(picture, ".json")]))!;
        Assert.NotNull(sidecar["sha256"]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Batch_ShowsATableInATerminalAndLinesInAPipe(bool isTerminal)
    {
        var pets = $"pets-{isTerminal}.ndjson";
        string[] lines = ["""{"prompt":"a cat","size":"64x64"}""", """{"prompt":"a dog","size":"64x64"}"""];
        await File.WriteAllLinesAsync(_folder[pets], lines);

        var run = await RunAsync(isTerminal, "batch", pets, "--out", "pets");

        Assert.True(run.Code == ExitCode.Ok, run.Text);
        Assert.Contains("2 of 2 finished", run.Text, StringComparison.Ordinal);
        Assert.Equal(isTerminal, run.Text.Contains('╭'));
        Assert.Single(
            _folder.Files,
            file => file.StartsWith("pets/a-dog-", StringComparison.Ordinal) && file.EndsWith("-00002.png", StringComparison.Ordinal));
        Assert.Equal(2, _folder.Files.Count(file => file.EndsWith(".json", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Gate_PausedJob_CanBeMovedAndCanceled(bool isTerminal)
    {
        var paused = await RunAsync(isTerminal, "gate", "pause", "--reason", "a test", "--until", "1h");
        try
        {
            var id = (await RunAsync(isTerminal: false, "generate", "waits", "--size", "64x64", "--no-wait")).Out.Trim();
            var moved = await RunAsync(isTerminal, "priority", id, "bulk");
            var canceled = await RunAsync(isTerminal, "cancel", id);

            Assert.Contains("paused (a test), until 2", paused.Text, StringComparison.Ordinal);
            Assert.True(moved.Code == ExitCode.Ok, moved.Text);
            Assert.Contains($"The job {id} waits in the lane bulk", moved.Text, StringComparison.Ordinal);
            Assert.Equal(ExitCode.Ok, canceled.Code);
        }
        finally
        {
            Assert.Contains("open", (await RunAsync(isTerminal, "gate", "resume")).Text, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Mcp_EndsOnCtrlCInATerminalAndWithItsInputInAPipe(bool isTerminal)
    {
        using var process = CommandProcess.Start(isTerminal, _folder.Path, ["mcp", "--url", $"{darkroom.Url}", "--lang", "zh"]);
        await process.SaysAsync("MCP server for ");
        if (isTerminal)
            process.Interrupt();
        else
            process.CloseInput();

        Assert.Equal(ExitCode.Ok, await process.EndAsync());
    }

    [Fact]
    public async Task Generate_CtrlC_LeavesTheJobRunningAndSaysHowToComeBack()
    {
        // A paused gate keeps the job waiting until Ctrl-C is pressed, however slow the machine is.
        await RunAsync(isTerminal: false, "gate", "pause");
        try
        {
            using var process = CommandProcess.Start(
                isTerminal: true, _folder.Path, ["generate", "a long job", "--url", $"{darkroom.Url}"]);
            await process.SaysAsync("queued");
            process.Interrupt();

            Assert.Equal(ExitCode.Interrupted, await process.EndAsync());
            Assert.Contains("continues. To see its state: darkroom status ", process.Text, StringComparison.Ordinal);
            var id = process.Text.Trim().Split(' ')[^1];
            Assert.Contains("queued", (await RunAsync(isTerminal: false, "status", id)).Text, StringComparison.Ordinal);
            await RunAsync(isTerminal: false, "cancel", id);
        }
        finally
        {
            await RunAsync(isTerminal: false, "gate", "resume");
        }
    }

    [Fact]
    public async Task Up_InATerminal_ShowsTheStepsAndATableAndEndsOnCtrlC()
    {
        using var process = CommandProcess.Start(
            isTerminal: true,
            _folder.Path,
            ["up", "--simulator", "--port", "0", "--storage-port", "0", "--state", "state", "--lang", "zh"]);
        await process.SaysAsync("Ready: http://127.0.0.1:");
        process.Interrupt();

        Assert.Equal(ExitCode.Ok, await process.EndAsync());
        Assert.All(
            ["› 正在启动存储 …", "› 正在启动 Darkroom …", "页面", "/studio\n", "按 Ctrl-C"],
            text => Assert.Contains(text, process.Text, StringComparison.Ordinal));
        Assert.False(File.Exists(_folder["state/up.pid"]));
    }

    private Task<(int Code, string Text, string Out)> RunAsync(bool isTerminal, params string[] arguments) =>
        CommandProcess.RunAsync(
            isTerminal, _folder.Path, arguments, new Dictionary<string, string> { ["DARKROOM_URL"] = $"{darkroom.Url}" });
}
