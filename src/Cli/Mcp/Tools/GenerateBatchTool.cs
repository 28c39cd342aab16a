using System.Text;
using System.Text.Json;
using Darkroom.Cli.Batches;
using Darkroom.Cli.Mcp.Calls;
using Darkroom.Cli.Mcp.Outputs;
using Darkroom.Cli.Server;
using ModelContextProtocol.Protocol;

namespace Darkroom.Cli.Mcp.Tools;

/// <summary><c>generate_batch</c>: submits many requests as one batch, and waits for its end.</summary>
internal sealed class GenerateBatchTool(DarkroomServer server, CallEnvironment environment)
    : DarkroomTool<GenerateBatchInput>(Definition, McpJson.Readable.GenerateBatchInput, environment)
{
    private static readonly Tool Definition = new()
    {
        Name = "generate_batch",
        Title = "Generate many pictures",
        Description = "Generates many pictures in the background, and waits for them up to 45 s. Each picture costs credits; validate_only "
            + "shows the credits first. Repeat the call with the same arguments and idempotency_key to wait on.",
        InputSchema = ToolSchema.Of(McpJson.Readable.GenerateBatchInput),
        OutputSchema = ToolSchema.Of(McpJson.Readable.BatchOutput),
        // Not idempotent: without an idempotency_key each call is a new batch.
        Annotations = new ToolAnnotations { ReadOnlyHint = false, DestructiveHint = false, IdempotentHint = false, OpenWorldHint = true },
    };

    private readonly BatchFollow _follow = new(server, environment.Time);

    protected override async Task<CallToolResult> RunAsync(GenerateBatchInput input, ToolCall call)
    {
        if (input.Items is null == input.Matrix is null)
            throw CommandException.Usage("items: Give either items or matrix. Nothing was submitted.");
        var body = JsonSerializer.Serialize(
            new GenerateBatchBody(input.Defaults, input.Items, input.Matrix), McpJson.Readable.GenerateBatchBody);
        if (input.ValidateOnly == true)
            return await CheckAsync(body, call.Limit.Token);

        var post = new KeyedPost(server, input.IdempotencyKey);
        var path = input.OnInvalid is { } rule ? $"{BatchPaths.All}?onInvalid={Uri.EscapeDataString(rule)}" : BatchPaths.All;
        var accepted = (await post.SendAsync(path, body, call.Limit)).Read(CliJson.Default.AcceptedBatch);
        var wait = input.WaitSeconds ?? CallLimit.MaxWaitSeconds;
        var batch = wait == 0 ? null : await _follow.WaitAsync(accepted.Id, wait, call.Progress, call.Limit);
        return ToolResults.Of(BatchOutput.Of(accepted, batch, post.Key), McpJson.Readable.BatchOutput);
    }

    private async Task<CallToolResult> CheckAsync(string body, CancellationToken cancellation)
    {
        var answer = await server.PostAsync(
            $"{BatchPaths.All}?validate=only", idempotencyKey: null, () => new StringContent(body, Encoding.UTF8, "application/json"),
            cancellation);
        return ToolResults.Of(BatchOutput.Of(answer.Read(CliJson.Default.BatchCheck)), McpJson.Readable.BatchOutput);
    }
}
