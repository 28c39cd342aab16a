using System.Text.Json.Serialization.Metadata;
using Darkroom.Cli.Mcp.Calls;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Darkroom.Cli.Mcp.Tools;

/// <summary>A tool with typed arguments. Every error becomes a tool error with a text for the assistant.</summary>
/// <typeparam name="TInput">The arguments.</typeparam>
internal abstract class DarkroomTool<TInput>(Tool definition, JsonTypeInfo<TInput> input, CallEnvironment environment) : McpServerTool
    where TInput : class
{
    public override Tool ProtocolTool => definition;

    public override IReadOnlyList<object> Metadata => [];

    public override async ValueTask<CallToolResult> InvokeAsync(
        RequestContext<CallToolRequestParams> request, CancellationToken cancellationToken = default)
    {
        using var limit = new CallLimit(environment.Time, cancellationToken);
        try
        {
            var arguments = ToolArguments.Read(request.Params?.Arguments, definition.InputSchema, input);
            return await RunAsync(arguments, new ToolCall(limit, new CallProgress(request.Server, request.Params?.ProgressToken)));
        }
        catch (CommandException exception)
        {
            return ToolErrors.Of(exception);
        }
        catch (Exception exception) when (limit.Caused(exception))
        {
            return ToolErrors.Of("Darkroom did not answer in the time of a call. The same call can succeed later.");
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            await environment.Log.WriteLineAsync($"{definition.Name}: {exception}");
            return ToolErrors.Of("An error in the MCP server of Darkroom. Its log, on standard error, has the details.");
        }
    }

    protected abstract Task<CallToolResult> RunAsync(TInput input, ToolCall call);
}
