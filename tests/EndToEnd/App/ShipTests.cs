using System.Diagnostics;
using System.Net;
using Darkroom.TestKit;

namespace Darkroom.EndToEnd;

/// <summary>
/// Checks that the build that is published for Azure starts and makes a picture. Its assemblies are compiled ahead of time only with
/// <c>DARKROOM_SHIP=whole</c>, as in <c>darkroom prove</c>: that takes a minute of two processors.
/// </summary>
[Trait(TestApp.Needs, TestApp.OwnApp)]
public sealed class ShipTests : TestApp
{
    protected override string AppFolder => Path.Combine(Repository.Root, "publish");

    public override async ValueTask InitializeAsync()
    {
        var start = new ProcessStartInfo(
            Path.Combine(Repository.Root, "darkroom"),
            ["ship"])
        { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        if (Environment.GetEnvironmentVariable("DARKROOM_SHIP") != "whole")
            start.Environment["PublishReadyToRun"] = "false";
        using var ship = Process.Start(start)!;
        var said = await Task.WhenAll(ship.StandardOutput.ReadToEndAsync(), ship.StandardError.ReadToEndAsync());
        await ship.WaitForExitAsync();
        Assert.True(ship.ExitCode == 0, string.Concat(said));
        await base.InitializeAsync();
    }

    [Fact]
    public async Task Ship_PublishedApp_StartsAndMakesAPicture()
    {
        using var ready = await Http.GetAsync("api/health/ready");
        Assert.Equal(HttpStatusCode.OK, ready.StatusCode);
        var job = await EndOfAsync(await PostAsync(new { prompt = NewPrompt("shipped"), size = "64x64" }));
        Assert.Equal("succeeded", StatusOf(job));
    }
}
