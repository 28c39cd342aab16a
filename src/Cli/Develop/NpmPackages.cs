using System.Text.Json;
using Darkroom.Cli.Tooling;

namespace Darkroom.Cli.Develop;

/// <summary>
/// The npm packages of the checkout. Storage on this machine (Azurite) is all that <c>up</c> needs; the tests need the others too.
/// </summary>
internal sealed class NpmPackages(string root)
{
    private string Folder => Path.Combine(root, "node_modules");

    /// <summary>Whether what package-lock.json asks for is installed.</summary>
    /// <param name="all">Whether the packages of the tests count.</param>
    public bool AreCurrent(bool all)
    {
        // npm writes this file at the end of an installation.
        var installed = Path.Combine(Folder, ".package-lock.json");
        return File.Exists(installed)
            && File.GetLastWriteTimeUtc(installed) >= File.GetLastWriteTimeUtc(Path.Combine(root, "package-lock.json"))
            && (!all || OfTests().All(name => Directory.Exists(Path.Combine(Folder, name))));
    }

    /// <summary>Installs them, unless they are current.</summary>
    /// <exception cref="CommandException">npm failed.</exception>
    public async Task RestoreAsync(bool all, Action<string> tell, CancellationToken cancellation)
    {
        if (AreCurrent(all))
            return;
        tell(DevelopWords.FetchingNpm);
        string[] only = all ? [] : ["--omit=dev"];
        var npm = await Tool.RunAsync(
            new ToolCall("npm", ["ci", .. only, "--no-audit", "--no-fund", "--silent"]) { Directory = root }, cancellation);
        if (!npm.IsSuccess)
            throw CommandException.Failed(
                npm.ExitCode == Tool.NotFound ? DevelopWords.NodeMissing : $"{npm.Output}{DevelopWords.NpmFailed}");
    }

    private string[] OfTests()
    {
        using var json = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(root, "package.json")));
        return json.RootElement.TryGetProperty("devDependencies", out var names)
            ? [.. names.EnumerateObject().Select(name => name.Name)]
            : [];
    }
}
