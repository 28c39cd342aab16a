using System.Text.Json;
using Darkroom.Cli.Jobs;
using Darkroom.Cli.Mcp.Calls;
using Darkroom.Cli.Mcp.Outputs;
using Darkroom.Cli.Server;
using ModelContextProtocol.Protocol;

namespace Darkroom.Cli.Mcp.Tools;

/// <summary><c>generate_image</c>: submits a job and waits for its pictures.</summary>
internal sealed class GenerateImageTool(DarkroomServer server, CallEnvironment environment)
    : DarkroomTool<GenerateImageInput>(Definition, McpJson.Readable.GenerateImageInput, environment)
{
    private static readonly Tool Definition = new()
    {
        Name = "generate_image",
        Title = "Generate a picture",
        Description = "Generates pictures from a prompt, and waits for them up to 45 s. It costs credits. If the job takes longer, the "
            + "answer has its id: call get_image to wait on. To repeat a call, use the same idempotency_key.",
        InputSchema = ToolSchema.Of(McpJson.Readable.GenerateImageInput),
        OutputSchema = ToolSchema.Of(McpJson.Readable.ImageOutput),
        // Not idempotent: without an idempotency_key each call is a new job.
        Annotations = new ToolAnnotations { ReadOnlyHint = false, DestructiveHint = false, IdempotentHint = false, OpenWorldHint = true },
    };

    private readonly JobFollow _follow = new(server, environment.Time);
    private readonly JobAnswer _answer = new(server);

    protected override async Task<CallToolResult> RunAsync(GenerateImageInput input, ToolCall call)
    {
        var post = new KeyedPost(server, input.IdempotencyKey);
        // The type of the body is the base type, so that the arguments for this tool alone are not in it.
        var body = JsonSerializer.Serialize(input, McpJson.Readable.PictureRequest);
        var accepted = await post.SendAsync(JobPaths.All, body, call.Limit);
        var job = accepted.Read(CliJson.Default.Job);
        job = await _follow.WaitAsync(job, input.WaitSeconds ?? CallLimit.MaxWaitSeconds, call.Progress, call.Limit);
        return await _answer.OfAsync(job, post.Key, call.Limit);
    }
}
