using Darkroom.Cli.Mcp;
using Darkroom.Cli.Server;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using ModelContextProtocol.Server;

namespace Darkroom.Cli.Tests.Mcp;

/// <summary>
/// Serves the tools of <c>darkroom mcp</c> over HTTP, because the conformance suite cannot start a process. The product has no such host.
/// </summary>
internal static class ConformanceHost
{
    public static Task<StubServer> StartAsync(DarkroomServer darkroom)
    {
        var product = DarkroomMcp.Create(darkroom, new CommandEnvironment
        {
            Out = TextWriter.Null,
            Error = TextWriter.Null,
            Variable = _ => null,
            Directory = ".",
        });
        return StubServer.StartAsync(
            services => services
                .AddMcpServer(options =>
                {
                    options.ServerInfo = product.ServerInfo;
                    options.ServerInstructions = product.ServerInstructions;
                    options.ToolCollection = [.. product.ToolCollection!, .. Aliases(product.ToolCollection!)];
                })
                .WithHttpTransport(),
            app => app.MapMcp());
    }

    // The suite calls tools of its reference server. With these aliases its checks of results, errors and progress reach our tools.
    private static IEnumerable<McpServerTool> Aliases(IEnumerable<McpServerTool> tools)
    {
        var generate = tools.Single(tool => tool.ProtocolTool.Name == "generate_image");
        yield return new AliasTool("test_simple_text", generate, new { prompt = "a cat" });
        yield return new AliasTool("test_image_content", generate, new { prompt = "a cat" });
        yield return new AliasTool("test_tool_with_progress", generate, new { prompt = "a cat" });
        yield return new AliasTool("test_error_handling", generate, new { prompt = 7 });
    }
}
