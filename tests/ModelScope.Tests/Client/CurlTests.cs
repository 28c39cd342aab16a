using System.Diagnostics;
using System.Text.Json.Nodes;
using Darkroom.Simulator;

namespace Darkroom.ModelScope.Tests.Client;

/// <summary>Runs the documented flow with curl: submit, look, download.</summary>
public sealed class CurlTests
{
    [Fact]
    public async Task Simulator_DocumentedFlowWithCurl_DownloadsAPicture()
    {
        await using var upstream = await SimulatedModelScope.StartAsync(
            new SimulatorOptions { Settings = new SimulatorSettings { Speed = 0 } });
        var api = upstream.ApiUrl.AbsoluteUri;
        var submitted = JsonNode.Parse(await CurlAsync(
            "-X", "POST", $"{api}v1/images/generations", "-H", "Authorization: Bearer YOUR_API_KEY", "-H", "Content-Type: application/json",
            "-H", "X-ModelScope-Async-Mode: true",
            "-d", """{"model": "Tongyi-MAI/Z-Image-Turbo", "prompt": "一只金色的猫", "size": "64x64"}"""))!;
        var taskId = submitted["task_id"]!.GetValue<string>();

        var task = JsonNode.Parse(
            await CurlAsync(
                $"{api}v1/tasks/{taskId}", "-H", "Authorization: Bearer YOUR_API_KEY", "-H", "X-ModelScope-Task-Type: image_generation"))!;
        Assert.Equal("SUCCEED", task["task_status"]!.GetValue<string>());

        var file = Path.GetTempFileName();
        await CurlAsync("-o", file, task["output_images"]![0]!.GetValue<string>());
        Assert.Equal("PNG", System.Text.Encoding.ASCII.GetString(await File.ReadAllBytesAsync(file), 1, 3));
        File.Delete(file);
    }

    [Fact]
    public async Task Simulator_WithoutAsyncModeHeader_CreatesNoTask()
    {
        await using var upstream = await SimulatedModelScope.StartAsync();
        var answer = await CurlAsync(
            "-X", "POST", $"{upstream.ApiUrl}v1/images/generations", "-H", "Authorization: Bearer x", "-d",
            """{"model": "Tongyi-MAI/Z-Image-Turbo", "prompt": "cat"}""");
        Assert.Contains("X-ModelScope-Async-Mode", answer, StringComparison.Ordinal);
        Assert.Empty(upstream.Tasks.All);
    }

    private static async Task<string> CurlAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo(
            "curl", ["-s", "--max-time", "60", .. arguments])
        { RedirectStandardOutput = true, UseShellExecute = false };
        using var curl = Process.Start(start)!;
        var answer = await curl.StandardOutput.ReadToEndAsync();
        await curl.WaitForExitAsync();
        Assert.Equal(0, curl.ExitCode);
        return answer;
    }
}
