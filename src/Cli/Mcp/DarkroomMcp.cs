using Darkroom.Cli.Mcp.Calls;
using Darkroom.Cli.Mcp.Tools;
using Darkroom.Cli.Server;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Darkroom.Cli.Mcp;

/// <summary>What the MCP server offers: its name, its instructions and its tools. The transport is chosen by the caller.</summary>
internal static class DarkroomMcp
{
    private const string Instructions =
        """
        Darkroom generates pictures from prompts with ModelScope. Every picture costs credits.
        generate_image waits for the pictures. If they take longer than the call, it returns the id of the job: call get_image with this id
        until the job is finished. Do not call generate_image again for the same picture: that is a second, paid job.
        To repeat a call safely, send the same idempotency_key with the same arguments: it finds the first job and pays nothing.
        If the status is submissionUnknown, do not submit again: the picture may have been paid for. Tell the user.
        """;

    public static McpServerOptions Create(DarkroomServer server, CommandEnvironment environment)
    {
        var calls = new CallEnvironment(environment.Time, environment.Error);
        return new McpServerOptions
        {
            ServerInfo = new Implementation
            {
                Name = "darkroom",
                Title = "Darkroom",
                Version = typeof(DarkroomMcp).Assembly.GetName().Version?.ToString(3) ?? "1.0.0",
            },
            ServerInstructions = Instructions,
            ToolCollection =
            [
                new GenerateImageTool(server, calls),
                new GetImageTool(server, calls),
                new ListImagesTool(server, calls),
                new GenerateBatchTool(server, calls),
                new GetUsageTool(server, calls),
            ],
        };
    }
}
