using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Darkroom.Cli.Tests.Generate;

public sealed class GenerateRequestTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Request_PromptOnly_SendsOnlyThePrompt() => await SendsAsync("""{"prompt":"a golden cat"}""", "a golden cat");

    [Fact]
    public async Task Request_AllOptions_SendsThemUnderTheServersNames() => await SendsAsync(
        """
        {"prompt":"一只金色的猫","model":"Qwen/Qwen-Image","negative_prompt":"blur","size":"1024x768","seed":2147483647,"steps":9,"guidance":3.5,"count":2,
         "image_url":["https://a.example/1.png","https://a.example/2.png"],"name":"cat","tags":["pets","gold"]}
        """,
        "一只金色的猫", "--model", "Qwen/Qwen-Image", "--negative-prompt", "blur", "--size", "1024x768", "--seed", "2147483647", "--steps", "9",
        "--guidance", "3.5", "-n", "2",
        "--image-url", "https://a.example/1.png", "--image-url", "https://a.example/2.png", "--name", "cat", "--tag", "pets", "--tag",
        "gold");

    [Fact]
    public async Task Request_OneImageUrl_IsSentAsAString() =>
        await SendsAsync(
            """{"prompt":"in oil","image_url":"https://a.example/1.png"}""", "in oil", "--image-url", "https://a.example/1.png");

    [Fact]
    public async Task Request_OptionsOfTheQueue_SendsThemUnderTheServersNames() => await SendsAsync(
        """
        {"prompt":"a cat","loras":{"a/b":0.6,"c/d":0.4},"priority":"bulk","deadlineSeconds":60,"expiresInSeconds":3600,
         "onCreditsExhausted":"fail","reuse":"identical","webhook":{"url":"https://a.example/hook"}}
        """,
        "a cat", "--lora", "a/b=0.6", "--lora", "c/d=0.4", "--priority", "bulk", "--deadline", "60", "--expires", "3600",
        "--on-credits-exhausted", "fail", "--reuse", "--webhook", "https://a.example/hook");

    [Fact]
    public async Task Request_OneLora_IsSentAsAString() =>
        await SendsAsync("""{"prompt":"a cat","loras":"a/b"}""", "a cat", "--lora", "a/b");

    private async Task SendsAsync(string expected, params string[] arguments)
    {
        string? body = null;
        await using var server = await StubServer.StartAsync(app => app.MapPost("/api/images", async (HttpRequest request) =>
        {
            body = await new StreamReader(request.Body, Encoding.UTF8).ReadToEndAsync();
            Assert.Equal("application/json; charset=utf-8", request.ContentType);
            return Results.Text("""{"id":"j1","status":"queued"}""", "application/json", Encoding.UTF8, 202);
        }));

        var run = await CommandRun.OfAsync(_folder.Path, ["generate", .. arguments, "--no-wait", "--url", server.Url]);

        Assert.Equal((ExitCode.Ok, "j1"), (run.Code, run.Out.Trim()));
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), JsonNode.Parse(body!)), body);
        Assert.DoesNotContain("\\u", body, StringComparison.Ordinal);
    }
}
