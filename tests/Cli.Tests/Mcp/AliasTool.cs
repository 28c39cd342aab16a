using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Darkroom.Cli.Tests.Mcp;

/// <summary>A tool of the product under the name that a conformance scenario calls, with fixed arguments.</summary>
internal sealed class AliasTool(string name, McpServerTool tool, object arguments) : McpServerTool
{
    private readonly CallToolRequestParams _call = Calls.Of(name, arguments);

    public override Tool ProtocolTool { get; } = new() { Name = name, Description = tool.ProtocolTool.Description };

    public override IReadOnlyList<object> Metadata => [];

    public override ValueTask<CallToolResult> InvokeAsync(
        RequestContext<CallToolRequestParams> request, CancellationToken cancellationToken = default)
    {
        request.Params!.Arguments = _call.Arguments;
        return tool.InvokeAsync(request, cancellationToken);
    }
}
