using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Darkroom.Cli.Mcp.Calls;
using Darkroom.Cli.Mcp.Outputs;
using Darkroom.Cli.Server;
using ModelContextProtocol.Protocol;

namespace Darkroom.Cli.Mcp.Tools;

/// <summary><c>get_usage</c>: how many pictures were made, and what they cost.</summary>
internal sealed class GetUsageTool(DarkroomServer server, CallEnvironment environment)
    : DarkroomTool<GetUsageInput>(Definition, McpJson.Readable.GetUsageInput, environment)
{
    private static readonly Tool Definition = new()
    {
        Name = "get_usage",
        Title = "Show usage",
        Description = "Returns how many tasks and pictures were made and what they cost, as Darkroom counted them.",
        InputSchema = ToolSchema.Of(McpJson.Readable.GetUsageInput),
        OutputSchema = ToolSchema.Of(McpJson.Readable.UsageOutput),
        Annotations = new ToolAnnotations { ReadOnlyHint = true, DestructiveHint = false, IdempotentHint = true, OpenWorldHint = false },
    };

    protected override async Task<CallToolResult> RunAsync(GetUsageInput input, ToolCall call)
    {
        (string Name, string? Value)[] query = [("from", input.From), ("to", input.To), ("by", input.By)];
        var parts = query.Where(part => part.Value is not null).Select(part => $"{part.Name}={Uri.EscapeDataString(part.Value!)}");
        var answer = await server.GetAsync($"api/usage?{string.Join('&', parts)}".TrimEnd('?'), call.Limit.Token);
        return ToolResults.Of(answer.Read(McpJson.Readable.UsageOutput), McpJson.Readable.UsageOutput);
    }
}

/// <summary>The arguments of <c>get_usage</c>.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record GetUsageInput
{
    [Description("The first day, such as 2026-11-01. Days are those of China.")]
    public string? From { get; init; }

    [Description("The last day, such as 2026-11-30.")]
    public string? To { get; init; }

    [Description("How to group: day, model, caller or batch.")]
    [AllowedValues("day", "model", "caller", "batch")]
    public string? By { get; init; }
}
