using Darkroom.Cli.Tooling;

namespace Darkroom.Cli.Develop;

/// <summary>The browser for tests of the page: the installed one, or one that is installed now with apt-get.</summary>
internal sealed class Chromium(ChromiumSearch search, Action<string> tell)
{
    private static readonly ToolCall[] Installation =
    [
        new("apt-get", "update"),
        new("apt-get", "install", "-y", "--no-install-recommends", "chromium"),
    ];

    /// <summary>The path of the browser.</summary>
    /// <exception cref="CommandException">There is none, and it cannot be installed.</exception>
    public async Task<string> RequireAsync(CancellationToken cancellation)
    {
        if (search.Find() is { } found)
            return found;
        if (search.OnPath("apt-get") is null || await PrefixAsync(cancellation) is not { } prefix)
            throw CommandException.Failed(DevelopWords.ChromiumMissing);

        tell(DevelopWords.InstallingChromium);
        foreach (var step in Installation)
        {
            string[] command = [.. prefix, step.Program, .. step.Arguments];
            var result = await Tool.RunAsync(new ToolCall(command[0], command[1..]), cancellation);
            if (!result.IsSuccess)
                throw CommandException.Failed($"{result.Output}{DevelopWords.ChromiumMissing}");
        }

        return search.Find() ?? throw CommandException.Failed(DevelopWords.ChromiumMissing);
    }

    // What runs a command as root; null if nothing does without a password.
    private async Task<string[]?> PrefixAsync(CancellationToken cancellation)
    {
        if (Environment.IsPrivilegedProcess)
            return [];
        return search.OnPath("sudo") is not null && (await Tool.RunAsync(new ToolCall("sudo", "-n", "true"), cancellation)).IsSuccess
            ? ["sudo", "-n"]
            : null;
    }
}
