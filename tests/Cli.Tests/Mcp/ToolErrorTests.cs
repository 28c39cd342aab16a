namespace Darkroom.Cli.Tests.Mcp;

public sealed class ToolErrorTests
{
    [Theory]
    [InlineData("""{"prompt":7}""", "prompt: Must be a string, but is the number 7.")]
    [InlineData("""{"prompt":"a","seed":"seven"}""", "seed: Must be a whole number, but is a string.")]
    [InlineData("""{"prompt":"a","seed":1.5}""", "seed: Must be a whole number, but is the number 1.5.")]
    [InlineData("""{"prompt":"a","steps":101}""", "steps: Must be at most 100, but is 101.")]
    [InlineData("""{"prompt":"a","guidance":1}""", "guidance: Must be at least 1.5, but is 1.")]
    [InlineData("""{"prompt":"a","tags":"pets"}""", "tags: Must be an array, but is a string.")]
    [InlineData("""{"prompt":"a","tags":["pets",7]}""", "tags[1]: Must be a string, but is the number 7.")]
    [InlineData("""{"prompt":"a","loras":{"a/b":"1"}}""", "loras.a/b: Must be a number, but is a string.")]
    [InlineData("""{"prompt":"a","colour":"red"}""", "colour: Is not an argument. The arguments are prompt, model,")]
    [InlineData("""{}""", "prompt: Is required.")]
    [InlineData("""{"prompt":null}""", "prompt: Is required.")]
    public async Task GenerateImage_WrongArguments_NamesTheArgumentAndSubmitsNothing(string arguments, string told)
    {
        await using var darkroom = await FakeDarkroom.StartAsync();
        await using var session = await McpSession.StartAsync(darkroom.Url);

        var result = await session.CallAsync("generate_image", arguments);

        Assert.True(result.IsError);
        Assert.StartsWith(told, result.Text(), StringComparison.Ordinal);
        Assert.Contains("Nothing was submitted.", result.Text(), StringComparison.Ordinal);
        Assert.Empty(darkroom.Posts);
    }

    [Fact]
    public async Task GenerateImage_SeveralWrongArguments_NamesAll()
    {
        await using var darkroom = await FakeDarkroom.StartAsync();
        await using var session = await McpSession.StartAsync(darkroom.Url);

        var result = await session.CallAsync("generate_image", """{"prompt":"a","seed":"seven","count":0}""");

        Assert.Equal(3, result.Text().Split('\n').Length);
    }

    [Fact]
    public async Task GenerateImage_ServerRefuses_NamesTheFieldAndThatARetryDoesNotHelp()
    {
        await using var darkroom = await FakeDarkroom.StartAsync(fake => fake.Refuse = () => FakeDarkroom.Problem(
            400,
            """{"title":"Not valid","errors":{"size":["Must be width and height in pixels, such as 1024x768."]},"retryable":false}"""));
        await using var session = await McpSession.StartAsync(darkroom.Url);

        var result = await session.CallAsync("generate_image", new { prompt = "a cat", size = "large" });

        Assert.True(result.IsError);
        Assert.Equal(
            "size: Must be width and height in pixels, such as 1024x768.\nA retry without a change does not help.", result.Text());
    }

    [Fact]
    public async Task GenerateImage_QueueIsFull_SaysThatARetryHelpsWithTheSameKey()
    {
        await using var darkroom = await FakeDarkroom.StartAsync(fake => fake.Refuse = () => FakeDarkroom.Problem(
            429, """{"title":"Too many wait","detail":"Too many jobs wait.","retryable":true,"retryAfterSeconds":120}"""));
        await using var session = await McpSession.StartAsync(darkroom.Url);

        var result = await session.CallAsync("generate_image", new { prompt = "a cat", idempotency_key = "cat-1" });

        Assert.True(result.IsError);
        Assert.Contains("Try again in 120 s.", result.Text(), StringComparison.Ordinal);
        Assert.Contains("idempotency_key \"cat-1\"", result.Text(), StringComparison.Ordinal);
        Assert.Contains("a retry of the same call can succeed", result.Text(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("failed", "content-rejected", false, "Remove the cause")]
    [InlineData("expired", "deadline-exceeded", true, "/api/images/j1/resubmit")]
    [InlineData("submissionUnknown", "submission-unknown", false, "Do not submit this picture again")]
    public async Task GenerateImage_JobFails_IsAnErrorWithTheNextStep(string status, string kind, bool isRetryable, string told)
    {
        var retryable = isRetryable ? "true" : "false";
        var error = $$"""{"type":"/docs/errors#{{kind}}","title":"No","detail":"The reason.","retryable":{{retryable}}}""";
        await using var darkroom = await FakeDarkroom.StartAsync(
            fake => fake.Look = (id, _, _) => Task.FromResult(FakeDarkroom.Ended(id, status, error)));
        await using var session = await McpSession.StartAsync(darkroom.Url);

        var result = await session.CallAsync("generate_image", new { prompt = "a cat" });

        Assert.True(result.IsError);
        Assert.StartsWith("The reason.", result.Text(), StringComparison.Ordinal);
        Assert.Contains(told, result.Text(), StringComparison.Ordinal);
        Assert.Equal(status, (string)result.Structured()["job"]!["status"]!);
    }

    [Theory]
    [InlineData("generate_image", """{"prompt":"a cat"}""")]
    [InlineData("get_image", """{"id":"j1"}""")]
    [InlineData("list_images", "{}")]
    [InlineData("generate_batch", """{"items":[{"prompt":"a cat"}]}""")]
    [InlineData("get_usage", "{}")]
    public async Task AnyTool_NothingListens_SaysHowToStartDarkroom(string tool, string arguments)
    {
        await using var session = await McpSession.StartAsync("http://127.0.0.1:1");

        var result = await session.CallAsync(tool, arguments);

        Assert.True(result.IsError);
        Assert.Contains("./darkroom up", result.Text(), StringComparison.Ordinal);
        Assert.Contains("The same call can succeed as soon as Darkroom answers again.", result.Text(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("..")]
    public async Task GetImage_IdThatIsAPath_IsAnError(string id)
    {
        await using var darkroom = await FakeDarkroom.StartAsync();
        await using var session = await McpSession.StartAsync(darkroom.Url);

        var result = await session.CallAsync("get_image", new { id });

        Assert.True(result.IsError);
        Assert.StartsWith("id: ", result.Text(), StringComparison.Ordinal);
        Assert.Empty(darkroom.Looks);
    }
}
