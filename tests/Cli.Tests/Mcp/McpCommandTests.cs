using System.Diagnostics;
using System.Text.Json.Nodes;
using Darkroom.TestKit;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace Darkroom.Cli.Tests.Mcp;

/// <summary>The real process, over its standard input and output.</summary>
public sealed class McpCommandTests
{
    private const string ServerKey = "the-server-key";

    [Theory]
    [InlineData(null)]
    [InlineData("2025-11-25")]
    [InlineData("2025-06-18")]
    [InlineData("2024-11-05")]
    public async Task Mcp_ClientOfAnyProtocolVersion_ListsToolsAndGeneratesAPicture(string? version)
    {
        await using var darkroom = await FakeDarkroom.StartAsync(fake => fake.Thumbnail = [1, 2, 3]);
        await using var client = await McpClient.CreateAsync(
            new StdioClientTransport(new StdioClientTransportOptions
            {
                Command = "dotnet",
                Arguments = [UpProcess.Program, "mcp"],
                EnvironmentVariables = new Dictionary<string, string?> { ["DARKROOM_URL"] = darkroom.Url, ["DARKROOM_KEY"] = ServerKey },
            }),
            // By default a client takes an older version if the first answer takes longer than some seconds, as on a busy machine.
            new McpClientOptions
            {
                ProtocolVersion = version,
                DiscoverProbeTimeout = Timeout.InfiniteTimeSpan,
                InitializationTimeout = TimeSpan.FromMinutes(5),
            });

        Assert.Equal(version ?? "2026-07-28", client.NegotiatedProtocolVersion);
        Assert.Equal(5, (await client.ListToolsAsync()).Count);
        var result = await client.CallToolAsync(Calls.Of("generate_image", new { prompt = "一只猫" }));

        Assert.Equal("succeeded", (string)result.Structured()["job"]!["status"]!);
        Assert.Single(result.Content.OfType<ImageContentBlock>());
        Assert.Equal("一只猫", (string)Assert.Single(darkroom.Posts).Body["prompt"]!);
        Assert.Equal([ServerKey], darkroom.FunctionKeys);
    }

    [Fact]
    public async Task Mcp_InputCloses_ExitsWith0AndOutputIsOnlyProtocol()
    {
        await using var darkroom = await FakeDarkroom.StartAsync(fake => fake.Refuse = () => FakeDarkroom.Problem(
            403, """{"title":"Forbidden","detail":"The key is wrong.","retryable":false}"""));
        using var process = Process.Start(new ProcessStartInfo("dotnet", [UpProcess.Program, "mcp", "--url", darkroom.Url])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            Environment = { ["DARKROOM_KEY"] = ServerKey },
        })!;
        var log = process.StandardError.ReadToEndAsync();
        await process.StandardInput.WriteLineAsync(
            """{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":"""
                + """{"name":"t","version":"1"}}}""");
        await process.StandardInput.WriteLineAsync("""{"jsonrpc":"2.0","method":"notifications/initialized"}""");
        await process.StandardInput.WriteLineAsync(
            """{"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"generate_image","arguments":{"prompt":"a cat"}}}""");

        var first = JsonNode.Parse((await process.StandardOutput.ReadLineAsync())!)!;
        var second = JsonNode.Parse((await process.StandardOutput.ReadLineAsync())!)!;
        process.StandardInput.Close();
        var rest = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();

        Assert.Equal((ExitCode.Ok, ""), (process.ExitCode, rest));
        Assert.Equal("darkroom", (string)first["result"]!["serverInfo"]!["name"]!);
        Assert.Equal("2025-11-25", (string)first["result"]!["protocolVersion"]!);
        Assert.True((bool)second["result"]!["isError"]!);
        Assert.StartsWith("MCP server for ", await log, StringComparison.Ordinal);
        Assert.DoesNotContain(ServerKey, first.ToJsonString() + second.ToJsonString() + await log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Mcp_Terminated_ExitsWith0()
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet", [UpProcess.Program, "mcp"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        })!;
        // The server reads its input from this line on.
        await process.StandardError.ReadLineAsync();

        using var kill = Process.Start("kill", ["-TERM", $"{process.Id}"]);
        await process.WaitForExitAsync();

        Assert.Equal((ExitCode.Ok, ""), (process.ExitCode, await process.StandardOutput.ReadToEndAsync()));
    }
}
