using System.Diagnostics;
using System.Text.Json.Nodes;
using Darkroom.TestKit;

namespace Darkroom.Infra.Tests.Deployment;

/// <summary>What the build of the app does when azd publishes it, as the project says. Nothing is built here.</summary>
public sealed class PublishTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("darkroom-publish-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("true", "linux-x64")]
    [InlineData("false", "")]
    public void Publish_OnAnySystem_IsForLinux(string isPublishing, string expected) =>
        Assert.Equal(expected, Build("-getProperty:RuntimeIdentifier", $"-p:_IsPublishing={isPublishing}").Trim());

    [Theory]
    [InlineData("DurableTaskScheduler", "true")]
    [InlineData("AzureStorage", "false")]
    [InlineData("", "false")]
    public void Engine_Variable_ChoosesThePackage(string engine, string expected) =>
        Assert.Equal(expected, Build("-getProperty:DurableTaskScheduler", $"-p:DARKROOM_ENGINE={engine}").Trim());

    [Fact]
    public void Scheduler_HostJson_DiffersOnlyInTheProvider()
    {
        Build("-t:WriteSchedulerHostJson", "-p:DARKROOM_ENGINE=DurableTaskScheduler", $"-p:BaseIntermediateOutputPath={_folder.FullName}/");

        var written = JsonNode.Parse(File.ReadAllText(Path.Combine(_folder.FullName, "scheduler", "host.json")))!;
        var provider = JsonNode.Parse(
            """{"type":"azureManaged","connectionStringName":"DURABLE_TASK_SCHEDULER_CONNECTION_STRING"}""");
        Assert.True(JsonNode.DeepEquals(provider, written["extensions"]!["durableTask"]!["storageProvider"]), written.ToJsonString());
        var original = JsonNode.Parse(File.ReadAllText(Path.Combine(Repository.Root, "host.json")))!;
        original["extensions"]!["durableTask"]!["storageProvider"] = provider;
        Assert.True(JsonNode.DeepEquals(original, written), written.ToJsonString());
    }

    private static string Build(params string[] arguments)
    {
        var project = Path.Combine(Repository.Root, "src", "Functions", "Functions.csproj");
        using var process = Process.Start(
            new ProcessStartInfo("dotnet", ["msbuild", project, "-nologo", .. arguments])
            { UseShellExecute = false, RedirectStandardOutput = true })!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, output);
        return output;
    }
}
