using Darkroom.Cli.Server;
using ModelContextProtocol.Protocol;

namespace Darkroom.Cli.Mcp.Calls;

/// <summary>Makes tool errors. The text has what is wrong, with the field, and whether a retry helps.</summary>
internal static class ToolErrors
{
    public static CallToolResult Of(CommandException exception) => Of($"{exception.Message}\n{Advice(exception)}".Trim());

    public static CallToolResult Of(string text) => new() { IsError = true, Content = [new TextContentBlock { Text = text }] };

    private static string Advice(CommandException exception) => (exception, exception.Json is { } json ? Problem.Read(json) : null) switch
    {
        (_, { Retryable: true }) => "The refusal is temporary: a retry of the same call can succeed.",
        (_, not null) => "A retry without a change does not help.",
        ({ ExitCode: ExitCode.Unreachable }, _) => "The same call can succeed as soon as Darkroom answers again.",
        _ => "",
    };
}
