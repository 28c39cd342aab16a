using Darkroom.Cli.Tooling;

namespace Darkroom.Cli.Develop;

/// <summary>Builds of the checkout.</summary>
internal sealed class Builds(string root, Action<string> tell)
{
    private static readonly string[] Sources = [
        "src", "eng", "Directory.Build.props", "Directory.Packages.props", ".editorconfig", "global.json", "host.json", "package.json",
        "package-lock.json"];

    // Written when a build of all that up starts began; it is there only after the build went through.
    private string UpStamp => Path.Combine(root, "src", "Cli", "obj", "built-up");

    /// <summary>Whether the programs that <c>up</c> starts are built from the current sources.</summary>
    public bool IsUpCurrent => !SourceTime.IsNewer(UpStamp, root, Sources);

    /// <summary>Builds what <c>up</c> starts, unless it is current.</summary>
    /// <exception cref="CommandException">The build failed.</exception>
    public async Task UpAsync(CancellationToken cancellation)
    {
        if (IsUpCurrent)
            return;
        tell(DevelopWords.Building);
        var began = DateTime.UtcNow;
        await RunAsync(new ToolCall("dotnet", "build", "eng/Up.slnx", "--configuration", "Release", "--verbosity", "quiet"), cancellation);
        Directory.CreateDirectory(Path.GetDirectoryName(UpStamp)!);
        await File.WriteAllTextAsync(UpStamp, "", cancellation);
        File.SetLastWriteTimeUtc(UpStamp, began);
    }

    /// <summary>Builds everything, the tests included.</summary>
    /// <exception cref="CommandException">The build failed.</exception>
    public async Task AllAsync(CancellationToken cancellation)
    {
        tell(DevelopWords.Building);
        await RunAsync(
            new ToolCall("dotnet", "build", "Darkroom.slnx", "--configuration", "Release", "--verbosity", "quiet", "-clp:NoSummary"),
            cancellation);
    }

    private async Task RunAsync(ToolCall build, CancellationToken cancellation)
    {
        var result = await Tool.RunAsync(build with { Directory = root }, cancellation);
        if (!result.IsSuccess)
            throw CommandException.Failed($"{result.Output}{DevelopWords.BuildFailed}");
    }
}
