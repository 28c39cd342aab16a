using Darkroom.Cli.Tooling;

namespace Darkroom.Cli.Azure;

/// <summary>Calls the Azure CLI (<c>az</c>), which is signed in and reaches the vault.</summary>
/// <param name="subscription">The subscription; null for the usual one of the Azure CLI.</param>
/// <param name="variable">Reads an environment variable: PATH says where the Azure CLI is.</param>
internal sealed class AzureCli(string? subscription, Func<string, string?> variable)
{
    /// <exception cref="CommandException">There is no Azure CLI.</exception>
    public async Task<ToolResult> RunAsync(CancellationToken cancellation, params IReadOnlyList<string> arguments) =>
        await RunAsync(input: null, cancellation, arguments);

    /// <summary>Runs a call that reads <paramref name="input"/> from standard input.</summary>
    /// <exception cref="CommandException">There is no Azure CLI.</exception>
    public async Task<ToolResult> RunAsync(string? input, CancellationToken cancellation, params IReadOnlyList<string> arguments)
    {
        var program = SearchPath.Find("az", variable, File.Exists, OperatingSystem.IsWindows())
            ?? throw CommandException.Failed(AzureWords.CliMissing);
        string[] where = subscription is null ? [] : ["--subscription", subscription];
        return await Tool.RunAsync(
            new ToolCall(program, [.. arguments, .. where, "--only-show-errors"]) { Input = input }, cancellation);
    }

    /// <summary>The text of an answer.</summary>
    /// <exception cref="CommandException">The call failed; <paramref name="otherwise"/> says what that means.</exception>
    public async Task<string> ReadAsync(string otherwise, CancellationToken cancellation, params IReadOnlyList<string> arguments)
    {
        var result = await RunAsync(cancellation, [.. arguments, "--output", "tsv"]);
        return result.IsSuccess
            ? result.Answer.Trim()
            : throw CommandException.Failed($"{result.Output.Trim()}{Environment.NewLine}{otherwise}");
    }
}
