using Darkroom.Cli.Tooling;

namespace Darkroom.Cli.Develop;

/// <summary>
/// The app of an older version, built from the history of the repository: <c>eng/upgrade-from</c> names the tag or commit. The proof of
/// upgrades starts jobs with it.
/// </summary>
internal static class OlderBuild
{
    /// <summary>The build output. It is made once for each tag or commit.</summary>
    /// <exception cref="CommandException">It cannot be checked out or built.</exception>
    public static async Task<string> MakeAsync(string root, TextWriter output, CancellationToken cancellation)
    {
        var version = (await File.ReadAllTextAsync(Path.Combine(root, "eng", "upgrade-from"), cancellation)).Trim();
        var folder = Path.Combine(root, "src", "Cli", "bin", "older", version);
        var app = Path.Combine(folder, "src", "Functions", "bin", "Release", "net10.0");
        if (File.Exists(Path.Combine(app, "built")))
            return app;
        await output.WriteLineAsync($"› {DevelopWords.BuildingOlder.With(version)}");
        if (!Directory.Exists(folder))
            await RunAsync(
                new ToolCall("git", "worktree", "add", "--force", "--detach", folder, version) { Directory = root }, cancellation);
        // The page of the app is built with the packages of this checkout.
        if (!Directory.Exists(Path.Combine(folder, "node_modules")))
            Directory.CreateSymbolicLink(Path.Combine(folder, "node_modules"), Path.Combine(root, "node_modules"));
        await RunAsync(
            new ToolCall("dotnet", "build", "src/Functions/Functions.csproj", "--configuration", "Release", "--verbosity", "quiet")
            { Directory = folder },
            cancellation);
        await File.WriteAllTextAsync(Path.Combine(app, "built"), "", cancellation);
        return app;
    }

    private static async Task RunAsync(ToolCall call, CancellationToken cancellation)
    {
        var result = await Tool.RunAsync(call, cancellation);
        if (!result.IsSuccess)
            throw CommandException.Failed($"{result.Output}{DevelopWords.OlderNotBuilt}");
    }
}
