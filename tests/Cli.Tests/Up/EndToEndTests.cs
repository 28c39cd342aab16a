using System.Diagnostics;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Darkroom.Cli.Tests.Mcp;
using Darkroom.TestKit;

namespace Darkroom.Cli.Tests.Up;

/// <summary>End to end: the command, the app, Azurite and the simulator.</summary>
[Collection(SharedDarkroom.Name)]
public sealed class EndToEndTests(RunningDarkroom darkroom) : IDisposable
{
    private static readonly byte[] PngBegins = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Generate_Prompt_SavesThePictureWithTheHashOfTheJob()
    {
        var start = new ProcessStartInfo(
            "dotnet",
            [
                UpProcess.Program,
                "generate",
                "a golden cat",
                "--size",
                "64x64",
                "--seed",
                "7",
                "--tag",
                "whole-way",
                "--url",
                $"{darkroom.Url}"]
            )
        {
            WorkingDirectory = _folder.Path,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        using var process = Process.Start(start)!;
        var progress = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();

        Assert.Equal(ExitCode.Ok, process.ExitCode);
        Assert.EndsWith("succeeded", (await progress).Trim(), StringComparison.Ordinal);
        Assert.Matches(@"^generated-images/a-golden-cat-\d{8}-\d{6}\.png  64x64, ", output);
        Assert.Contains("seed 7  ", output, StringComparison.Ordinal);
        var bytes = await File.ReadAllBytesAsync(_folder[output.Split("  ")[0]]);
        Assert.Equal(PngBegins, bytes[..8]);
        var listed = await JsonAsync("list", "--tag", "whole-way");
        var image = Assert.Single(listed["items"]![0]!["images"]!.AsArray())!;
        Assert.Equal((Convert.ToHexStringLower(SHA256.HashData(bytes)), bytes.Length), ((string?)image["sha256"], (int)image["bytes"]!));

        var id = (string)listed["items"]![0]!["id"]!;
        Assert.Contains(" a golden cat", (await RunAsync("status", id)).Out, StringComparison.Ordinal);
        Assert.Contains($"The job {id} is over already: succeeded.", (await RunAsync("cancel", id)).Out, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Ok, (await RunAsync("download", id)).Code);
        Assert.Equal(ExitCode.Ok, (await RunAsync("download", id, "--out", "other")).Code);
        Assert.Equal(
            ["a-golden-cat-*.json", "a-golden-cat-*.png", "a-golden-cat-*.json", "a-golden-cat-*.png"], _folder.Files.Select(WithoutTime));
    }

    [Fact]
    public async Task Generate_Count2_SavesTwoFilesAndListsOneJob()
    {
        var run = await RunAsync("generate", "two cats", "-n", "2", "--size", "64x64", "--tag", "two");

        Assert.Equal(ExitCode.Ok, run.Code);
        Assert.Equal(
            ["two-cats-*-1.json", "two-cats-*-1.png", "two-cats-*-2.json", "two-cats-*-2.png"], _folder.Files.Select(WithoutTime));
        var lines = (await RunAsync("list", "--tag", "two", "--status", "succeeded")).Out.Split(
            '\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(2, lines.Length);
        Assert.Matches("succeeded +.+Z +2 +two cats", lines[1]);
    }

    [Fact]
    public async Task Generate_SameKeyTwice_IsTheSameJob()
    {
        string[] generate = ["generate", "once", "--size", "64x64", "--idempotency-key", "only-once", "--no-wait"];

        var first = await RunAsync(generate);
        var second = await RunAsync(generate);

        Assert.Equal((ExitCode.Ok, first.Out), (second.Code, second.Out));
        var other = await RunAsync([.. generate, "--seed", "8"]);
        Assert.Equal(ExitCode.Failed, other.Code);
        Assert.Contains("Idempotency-Key", other.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Mcp_GenerateImage_ReturnsTheJobOfTheServer()
    {
        await using var session = await McpSession.StartAsync($"{darkroom.Url}".TrimEnd('/'));

        var result = await session.CallAsync("generate_image", """{"prompt":"a cat for an assistant","size":"64x64","tags":["mcp"]}""");

        Assert.NotEqual(true, result.IsError);
        Assert.Equal("succeeded", (string?)result.Structured()["job"]!["status"]);
        var listed = await session.CallAsync("list_images", new { tag = "mcp" });
        Assert.Equal((string?)result.Structured()["job"]!["id"], (string?)listed.Structured()["jobs"]![0]!["id"]);
        var batch = await session.CallAsync("generate_batch", """{"matrix":{"prompt":["a","b"]},"defaults":{"size":"64x64"}}""");
        Assert.Equal(2, (int?)batch.Structured()["counts"]!["succeeded"]);
        var refused = await session.CallAsync("generate_image", new { prompt = "a cat", size = "large" });
        Assert.StartsWith("size: ", refused.Text(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cancel_JobWaitsForASlot_CancelsIt()
    {
        await RunAsync("generate", "another job", "--size", "512x512", "--no-wait");
        var id = (await RunAsync("generate", "not needed", "--size", "512x512", "--no-wait")).Out.Trim();

        var canceled = await RunAsync("cancel", id);
        var status = await RunAsync("status", id, "--wait");
        var download = await RunAsync("download", id);

        Assert.Equal(ExitCode.Ok, canceled.Code);
        Assert.Contains("cancel", canceled.Out, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Failed, status.Code);
        Assert.Contains("status    canceled", status.Out, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Failed, download.Code);
        Assert.Empty(_folder.Files);
    }

    [Fact]
    public async Task Generate_InvalidRequest_PrintsOneErrorPerField()
    {
        var run = await RunAsync("generate", "", "--size", "large", "--seed", "-1");

        Assert.Equal(ExitCode.Failed, run.Code);
        Assert.Equal(
            ["prompt", "seed", "size"],
            run.Error.Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries)
                .Select(line => line.Split(':')[0])
                .Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("status")]
    [InlineData("cancel")]
    [InlineData("download")]
    public async Task Command_UnknownJobId_Fails(string command)
    {
        var run = await RunAsync(command, "unknown");

        Assert.Equal((ExitCode.Failed, "There is no job with this id."), (run.Code, run.Error.Trim()));
    }

    [Fact]
    public async Task Up_Simulator_PrintsThatNoCreditsAreSpent()
    {
        await darkroom.Up.ReadyAsync();

        Assert.Contains(
            "Talking to a SIMULATED ModelScope: no token is used, no credits are spent.", darkroom.Up.Output, StringComparison.Ordinal);
        Assert.Single(darkroom.Up.Output.Split('\n'), line => line.StartsWith("Ready: ", StringComparison.Ordinal));
        Assert.Equal($"{darkroom.Up.Id}", (await File.ReadAllTextAsync(Path.Combine(darkroom.State, "up.pid"))).Trim());
    }

    [Fact]
    public async Task Up_StateFolderInUse_FailsAndChangesNothing()
    {
        await using var second = UpProcess.Start(darkroom.State);

        Assert.Equal(ExitCode.Failed, await second.EndAsync());
        Assert.Equal(
            $"Another darkroom up (process {darkroom.Up.Id}) uses {darkroom.State}: stop it, or choose another folder with --state DIR.",
            second.Output);
        Assert.True(File.Exists(Path.Combine(darkroom.State, "up.pid")));
    }

    [Fact]
    public async Task Up_PortInUse_FailsWithTheProcessIdAndLeavesNothing()
    {
        await using var second = UpProcess.Start(_folder["state"], darkroom.Url.Port);

        Assert.Equal(ExitCode.Failed, await second.EndAsync());
        Assert.Matches(
            $"^Port {darkroom.Url.Port}, for Darkroom, is taken by process [0-9]+\\. Choose another with --port N", second.Output);
        Assert.Empty(second.Everything());
        Assert.False(File.Exists(_folder["state/up.pid"]));
    }

    // The time in the name of a file is that of the job.
    private static string WithoutTime(string path) =>
        Regex.Replace(Path.GetFileName(path), @"-\d{8}-\d{6}", "-*", RegexOptions.NonBacktracking);

    private Task<CommandRun> RunAsync(params string[] arguments) =>
        CommandRun.OfAsync(_folder.Path, [.. arguments, "--url", $"{darkroom.Url}"]);

    private async Task<JsonNode> JsonAsync(params string[] arguments) => JsonNode.Parse((await RunAsync([.. arguments, "--json"])).Out)!;
}
