using System.Text.Json;
using Darkroom.TestKit;

namespace Darkroom.Cli.Tests.Mcp;

public sealed class ToolListTests
{
    [Fact]
    public async Task ListTools_AllTools_HaveSchemasDescriptionsAndAnnotations()
    {
        await using var session = await McpSession.StartAsync("http://127.0.0.1:1");

        var tools = (await session.Client.ListToolsAsync()).Select(tool => tool.ProtocolTool).ToArray();

        Assert.Equal(
            ["generate_batch", "generate_image", "get_image", "get_usage", "list_images"], tools.Select(tool => tool.Name).Order());
        Assert.All(tools, tool =>
        {
            Assert.NotEmpty(tool.Title!);
            Assert.NotEmpty(tool.Description!);
            Assert.Equal("object", tool.OutputSchema!.Value.GetProperty("type").GetString());
            Assert.False(tool.InputSchema.GetProperty("additionalProperties").GetBoolean());
            Assert.All(Arguments(tool.InputSchema), argument => Assert.NotEmpty(argument.GetProperty("description").GetString()!));
        });
    }

    [Theory]
    [InlineData("generate_image", false, false, true)]
    [InlineData("generate_batch", false, false, true)]
    [InlineData("get_image", true, true, false)]
    [InlineData("list_images", true, true, false)]
    [InlineData("get_usage", true, true, false)]
    public async Task ListTools_Annotations_SayWhatACallChanges(string name, bool isReadOnly, bool isIdempotent, bool isOpenWorld)
    {
        await using var session = await McpSession.StartAsync("http://127.0.0.1:1");

        var annotations = (await session.Client.ListToolsAsync()).Single(tool => tool.Name == name).ProtocolTool.Annotations!;

        Assert.Equal(
            (isReadOnly, isIdempotent, isOpenWorld, false),
            (annotations.ReadOnlyHint, annotations.IdempotentHint, annotations.OpenWorldHint, annotations.DestructiveHint));
    }

    [Fact]
    public async Task ListTools_TableInTheDocs_NamesEveryArgument()
    {
        var rows = await File.ReadAllLinesAsync(Path.Combine(Repository.Root, "docs", "cli.md"));
        await using var session = await McpSession.StartAsync("http://127.0.0.1:1");

        foreach (var tool in await session.Client.ListToolsAsync())
        {
            var row = rows.Single(row => row.StartsWith($"| `{tool.Name}` |", StringComparison.Ordinal));
            Assert.Equal(
                tool.JsonSchema.GetProperty("properties").EnumerateObject().Select(property => property.Name).Order(StringComparer.Ordinal),
                row.Split('|')[3].Split('`').Where((_, at) => at % 2 == 1).Select(name => name.TrimEnd('[', ']', '{', '}'))
                    .Order(StringComparer.Ordinal));
        }
    }

    // The properties of the schema and of the objects in its arrays.
    private static IEnumerable<JsonElement> Arguments(JsonElement schema) => schema.GetProperty("properties").EnumerateObject()
        .SelectMany(property => property.Value.TryGetProperty("items", out var items) && items.TryGetProperty("properties", out _)
            ? Arguments(items).Append(property.Value)
            : [property.Value]);
}
