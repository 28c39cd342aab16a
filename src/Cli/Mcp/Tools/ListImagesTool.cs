using System.Text.Json;
using Darkroom.Cli.Jobs;
using Darkroom.Cli.Mcp.Calls;
using Darkroom.Cli.Mcp.Outputs;
using Darkroom.Cli.Server;
using ModelContextProtocol.Protocol;

namespace Darkroom.Cli.Mcp.Tools;

/// <summary><c>list_images</c>: jobs, the newest first.</summary>
internal sealed class ListImagesTool(DarkroomServer server, CallEnvironment environment)
    : DarkroomTool<ListImagesInput>(Definition, McpJson.Readable.ListImagesInput, environment)
{
    private const int UsualTop = 20;

    private static readonly Tool Definition = new()
    {
        Name = "list_images",
        Title = "List pictures",
        Description = "Lists jobs with the links of their pictures, the newest first. Use it to find a job or the jobs of a batch.",
        InputSchema = ToolSchema.Of(McpJson.Readable.ListImagesInput),
        OutputSchema = ToolSchema.Of(McpJson.Readable.ImageListOutput),
        Annotations = new ToolAnnotations { ReadOnlyHint = true, DestructiveHint = false, IdempotentHint = true, OpenWorldHint = false },
    };

    protected override async Task<CallToolResult> RunAsync(ListImagesInput input, ToolCall call)
    {
        var query = new ListQuery(input.Status, input.Tag, input.Batch)
        {
            From = input.From,
            To = input.To,
            After = input.ContinuationToken,
        };
        var page = await query.ReadAsync(server, input.Top ?? UsualTop, call.Limit.Token);
        var jobs = page.Items.Select(item => item.Deserialize(CliJson.Default.Job)).OfType<Job>();
        var links = new PictureLinks(server.Url);
        var output = new ImageListOutput([.. jobs.Select(job => JobOutput.Of(job, links))], page.ContinuationToken);
        return ToolResults.Of(output, McpJson.Readable.ImageListOutput);
    }
}
