using System.IO.Pipelines;
using Darkroom.Cli.Mcp;
using Darkroom.Cli.Mcp.Calls;
using Darkroom.Cli.Server;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Darkroom.Cli.Tests.Mcp;

/// <summary>The MCP server and a client of the official SDK in this process, connected by streams.</summary>
internal sealed class McpSession : IAsyncDisposable
{
    private readonly DarkroomServer _darkroom;
    private readonly McpServer _server;
    private readonly Task _running;

    private McpSession(DarkroomServer darkroom, McpServer server, Task running, McpClient client) =>
        (_darkroom, _server, _running, Client) = (darkroom, server, running, client);

    public McpClient Client { get; }

    public static async Task<McpSession> StartAsync(string url, TimeProvider? time = null)
    {
        var environment = new CommandEnvironment
        {
            Out = TextWriter.Null,
            Error = TextWriter.Null,
            Variable = _ => null,
            Directory = ".",
            Time = time ?? TimeProvider.System,
        };
        var darkroom = new DarkroomServer(new Uri($"{url}/"), key: null, environment.Time, environment.Error.WriteLine);
        var (toServer, toClient) = (new Pipe(), new Pipe());
        var server = McpServer.Create(
            new StreamServerTransport(toServer.Reader.AsStream(), toClient.Writer.AsStream()), DarkroomMcp.Create(darkroom, environment));
        var running = server.RunAsync();
        var client = await McpClient.CreateAsync(new StreamClientTransport(toServer.Writer.AsStream(), toClient.Reader.AsStream()));
        return new McpSession(darkroom, server, running, client);
    }

    public Task<CallToolResult> CallAsync(string tool, object arguments, CancellationToken cancellation = default) =>
        Client.CallToolAsync(Calls.Of(tool, arguments), cancellation).AsTask();

    /// <summary>Checks the structured content against the output schema that the server lists.</summary>
    public async Task AssertFitsSchemaAsync(string tool, CallToolResult result)
    {
        var listed = (await Client.ListToolsAsync()).Single(listed => listed.Name == tool);
        Assert.Empty(SchemaCheck.Problems(result.StructuredContent!.Value, listed.ProtocolTool.OutputSchema!.Value));
    }

    public async ValueTask DisposeAsync()
    {
        await Client.DisposeAsync();
        await _server.DisposeAsync();
        await _running;
        _darkroom.Dispose();
    }
}
