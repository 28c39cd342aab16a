using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Darkroom.Cli.Jobs;
using Darkroom.Cli.Mcp.Calls;
using Darkroom.Cli.Mcp.Outputs;
using Darkroom.Cli.Server;
using ModelContextProtocol.Protocol;

namespace Darkroom.Cli.Mcp.Tools;

/// <summary><c>get_image</c>: the state of a job and its pictures, now or after a wait.</summary>
internal sealed class GetImageTool(DarkroomServer server, CallEnvironment environment)
    : DarkroomTool<GetImageInput>(Definition, McpJson.Readable.GetImageInput, environment)
{
    private static readonly Tool Definition = new()
    {
        Name = "get_image",
        Title = "Get a picture",
        Description = "Returns a job and its pictures. Waits up to 45 s until the job is finished. It costs nothing and can be repeated.",
        InputSchema = ToolSchema.Of(McpJson.Readable.GetImageInput),
        OutputSchema = ToolSchema.Of(McpJson.Readable.ImageOutput),
        Annotations = new ToolAnnotations { ReadOnlyHint = true, DestructiveHint = false, IdempotentHint = true, OpenWorldHint = false },
    };

    private readonly JobFollow _follow = new(server, environment.Time);
    private readonly JobAnswer _answer = new(server);

    protected override async Task<CallToolResult> RunAsync(GetImageInput input, ToolCall call)
    {
        if (!JobPaths.IsId(input.Id))
            throw CommandException.Usage("id: Is empty or has dots only. list_images shows the ids.");
        var answer = await server.GetAsync(JobPaths.Of(input.Id), call.Limit.Token);
        var job = answer.Read(CliJson.Default.Job);
        job = await _follow.WaitAsync(job, input.WaitSeconds ?? CallLimit.MaxWaitSeconds, call.Progress, call.Limit);
        return await _answer.OfAsync(job, key: null, call.Limit);
    }
}

/// <summary>The arguments of <c>get_image</c>.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record GetImageInput
{
    [Description("The id of the job, from generate_image or list_images.")]
    public required string Id { get; init; }

    [Description("How many seconds to wait until the job is finished; 0 returns its state at once. Default: 45.")]
    [Range(0, CallLimit.MaxWaitSeconds)]
    [JsonPropertyName("wait_seconds")]
    public int? WaitSeconds { get; init; }
}
