using System.Diagnostics;
using Darkroom.Cli.Server;
using Darkroom.TestKit;

namespace Darkroom.Cli.Tests.Mcp;

/// <summary>The official conformance suite. <c>conformance.yml</c> lists the scenarios that do not apply, with the reasons.</summary>
public sealed class ConformanceTests
{
    private static readonly string Folder = Path.Combine(Repository.Root, "tests", "Cli.Tests", "Mcp");

    [Fact]
    public async Task Conformance_AllScenariosThatApply_Pass()
    {
        await using var darkroom = await FakeDarkroom.StartAsync(fake =>
        {
            fake.Thumbnail = [1, 2, 3];
            // Each job is looked at twice: it generates first, then it has succeeded.
            fake.Look = (id, _, _) => Task.FromResult(
                fake.Looks.Count % 2 == 1 ? FakeDarkroom.Running(id, percent: 40) : FakeDarkroom.Succeeded(id));
        });
        using var client = new DarkroomServer(new Uri($"{darkroom.Url}/"), key: null, TimeProvider.System, _ => { });
        await using var host = await ConformanceHost.StartAsync(client);

        using var suite = Process.Start(new ProcessStartInfo(
            "node",
            [
                Path.Combine(Folder, "conformance.mjs"), "server", "--suite", "all", "--url", host.Url, "--expected-failures",
                Path.Combine(Folder, "conformance.yml"),
            ])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var errors = suite.StandardError.ReadToEndAsync();
        var report = await suite.StandardOutput.ReadToEndAsync();
        await suite.WaitForExitAsync();

        Assert.True(suite.ExitCode == 0, report + await errors);
        foreach (var scenario in new[]
            {
                "server-initialize", "ping", "logging-set-level", "tools-list", "tools-call-simple-text", "tools-call-image",
                "tools-call-error", "tools-call-with-progress",
            })
            Assert.Contains($"✓ {scenario}: 1 passed, 0 failed", report, StringComparison.Ordinal);
    }
}
