using System.CommandLine;
using System.Globalization;
using Darkroom.Cli.Help;
using Darkroom.Cli.Server;
using ModelContextProtocol.Server;

namespace Darkroom.Cli.Mcp;

/// <summary><c>darkroom mcp</c>: an MCP server for AI assistants. It calls Darkroom over HTTP, as the other commands do.</summary>
internal sealed class McpCommand : DocumentedCommand
{
    private readonly ServerOptions _server;

    public McpCommand(ServerOptions server)
        : base("mcp", Words.McpCommand)
    {
        _server = server;
        server.AddAddressTo(this);
        Examples = ["darkroom mcp --url https://my-darkroom.azurewebsites.net"];
        ExitCodes = [ExitCode.Ok, ExitCode.Usage];
        SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        using var darkroom = _server.Connect(parsed);
        // Assistants read the texts of the protocol. They have one language, so that a mixture cannot confuse them.
        CultureInfo.CurrentUICulture = Language.English;
        var environment = _server.CommandEnvironment;
        // Standard output carries the protocol only. A library that writes to the console must not break it.
        Console.SetOut(environment.Error);
        var options = DarkroomMcp.Create(darkroom, environment);
        await environment.Error.WriteLineAsync($"MCP server for {darkroom.Url}. It ends when standard input closes.");
        try
        {
            await using var transport = new StdioServerTransport(options);
            await using var server = McpServer.Create(transport, options);
            await server.RunAsync(cancellation);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // A client ends the server with SIGTERM. That is not an error, and jobs continue in Darkroom.
        }

        return ExitCode.Ok;
    }
}
