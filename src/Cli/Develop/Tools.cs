using System.Globalization;
using Darkroom.Cli.Tooling;

namespace Darkroom.Cli.Develop;

/// <summary>Checks that the .NET SDK and Node.js are there and new enough.</summary>
internal sealed class Tools(string root)
{
    private static readonly Version OldestNode = new(20, 19);

    /// <exception cref="CommandException">A tool is missing or too old. The message says where to get it.</exception>
    public async Task RequireAsync(CancellationToken cancellation)
    {
        var (sdk, node) = (SdkAsync(cancellation), NodeAsync(cancellation));
        if (SdkProblem(await sdk) is { } sdkProblem)
            throw CommandException.Failed(sdkProblem);
        if (NodeProblem(await node) is { } nodeProblem)
            throw CommandException.Failed(nodeProblem);
    }

    /// <summary>What <c>dotnet --version</c> says in the checkout, where global.json counts.</summary>
    public Task<ToolResult> SdkAsync(CancellationToken cancellation) =>
        Tool.RunAsync(new ToolCall("dotnet", "--version") { Directory = root }, cancellation);

    public Task<ToolResult> NodeAsync(CancellationToken cancellation) =>
        Tool.RunAsync(new ToolCall("node", "--version") { Directory = root }, cancellation);

    /// <summary>What is wrong with the SDK; null if nothing is.</summary>
    public static string? SdkProblem(ToolResult version) => version.IsSuccess ? null : DevelopWords.SdkMissing;

    /// <summary>What is wrong with Node.js; null if nothing is.</summary>
    public static string? NodeProblem(ToolResult version)
    {
        if (!version.IsSuccess)
            return DevelopWords.NodeMissing;
        return NodeVersion(version) is { } found && found >= OldestNode
            ? null
            : DevelopWords.NodeTooOld.With(version.Output.Trim());
    }

    private static Version? NodeVersion(ToolResult version)
    {
        var parts = version.Output.Trim().TrimStart('v').Split('.', '-');
        return parts.Length >= 2 && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var major)
            && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var minor) ? new Version(major, minor) : null;
    }
}
