using System.Text.Json.Nodes;
using Azure;
using Darkroom.Api;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Darkroom.Functions.Tests.Api.OpenAi;

/// <summary>Problems under /v1 have the form of the OpenAI API, also those of middlewares.</summary>
public sealed class OpenAiProblemsTests
{
    public static TheoryData<string, int, string, string?> Problems { get; } = new()
    {
        { "invalid", 400, "invalid_request_error", null },
        { "forbidden", 403, "permission_error", "forbidden" },
        { "gone", 410, "invalid_request_error", "gone" },
        { "large", 413, "invalid_request_error", "too_large" },
        { "type", 415, "invalid_request_error", "unsupported_media_type" },
        { "key", 422, "invalid_request_error", "idempotency_key_reuse" },
        { "queue", 429, "rate_limit_error", "rate_limit_exceeded" },
        { "internal", 500, "server_error", "internal_error" },
        { "waiting", 503, "server_error", "too_many_waiting" },
        { "ready", 503, "server_error", "not_ready" },
    };

    [Theory]
    [MemberData(nameof(Problems))]
    public async Task Problem_UnderV1_HasTheEnvelopeOfOpenAi(string name, int status, string type, string? code)
    {
        var (answered, error) = await AnswerAsync(name switch
        {
            "invalid" => Problem.Invalid("n", "Must be a whole number."),
            "forbidden" => Problem.Forbidden("No."),
            "gone" => Problem.Gone("job"),
            "large" => Problem.TooLarge("1 MiB"),
            "type" => Problem.UnsupportedMediaType("application/json"),
            "key" => Problem.KeyReuse("job x"),
            "queue" => Problem.TooManyQueued(1),
            "internal" => Problem.Internal(),
            "waiting" => Problem.TooManyWaiting(1),
            _ => Problem.NotReady(),
        });
        Assert.Equal((status, type, code), (answered, error["type"]!.GetValue<string>(), error["code"]?.GetValue<string>()));
        Assert.Equal(name == "invalid" ? "n" : null, error["param"]?.GetValue<string>());
        Assert.True(error.ContainsKey("param") && error.ContainsKey("code"));
        Assert.NotEmpty(error["message"]!.GetValue<string>());
    }

    [Theory]
    [InlineData(true, 503)]
    [InlineData(false, 500)]
    public async Task HttpException_EndpointUnderV1Fails_HasTheEnvelopeOfOpenAi(bool isStorage, int status)
    {
        var http = New(out var body);
        await new HttpExceptionMiddleware(NullLogger<HttpExceptionMiddleware>.Instance).Invoke(
            new StubFunctionContext("httpTrigger", http),
            _ => throw (isStorage ? new RequestFailedException("secret") : new FormatException("secret")));
        var text = System.Text.Encoding.UTF8.GetString(body.ToArray());
        Assert.Equal((status, "server_error"), (http.Response.StatusCode, JsonNode.Parse(text)!["error"]!["type"]!.GetValue<string>()));
        Assert.DoesNotContain("secret", text, StringComparison.Ordinal);
    }

    private static async Task<(int Status, JsonObject Error)> AnswerAsync(IResult problem)
    {
        var http = New(out var body);
        await problem.ExecuteAsync(http);
        return (http.Response.StatusCode, JsonNode.Parse(body.ToArray())!["error"]!.AsObject());
    }

    private static DefaultHttpContext New(out MemoryStream body) => new()
    {
        RequestServices = new ServiceCollection().AddLogging().BuildServiceProvider(),
        Request = { Path = "/v1/images/generations" },
        Response = { Body = body = new MemoryStream() },
    };
}
