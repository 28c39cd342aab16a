using Azure;
using Darkroom.Api;
using Darkroom.Durable;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Darkroom.Functions.Tests.Api;

/// <summary>What becomes of exceptions that nobody foresaw: what is kept of them, and what a caller hears.</summary>
public sealed class MiddlewareTests
{
    [Fact]
    public async Task FailedActivity_IsKeptInPlainWords_WithoutAddressesAndStacks()
    {
        var failure = await Record.ExceptionAsync(
            () =>
                new ExceptionSanitizingMiddleware(NullLogger<ExceptionSanitizingMiddleware>.Instance).Invoke(
                    new StubFunctionContext("activityTrigger"), _ => throw NoAnswer()));
        Assert.Equal("Storage is in trouble (no answer).", Assert.IsType<SanitizedException>(failure).Message);
        Assert.Null(failure.StackTrace);
        Assert.Null(failure.InnerException);
        failure = await Record.ExceptionAsync(
            () =>
                new ExceptionSanitizingMiddleware(NullLogger<ExceptionSanitizingMiddleware>.Instance).Invoke(
                    new StubFunctionContext("queueTrigger"), _ => throw new FormatException("secret")));
        Assert.Equal("An unexpected FormatException.", failure!.Message);
    }

    [Theory]
    [InlineData("orchestrationTrigger")]
    [InlineData("httpTrigger")]
    public async Task FailureOfAnOrchestratorOrEndpoint_IsLeftAsItIs(string trigger)
    {
        var thrown = NoAnswer();
        Assert.Same(
            thrown,
            await Record.ExceptionAsync(
                () =>
                    new ExceptionSanitizingMiddleware(NullLogger<ExceptionSanitizingMiddleware>.Instance).Invoke(
                        new StubFunctionContext(trigger), _ => throw thrown)));
    }

    [Theory]
    [InlineData(true, 503)]
    [InlineData(false, 500)]
    public async Task FailedEndpoint_AnswersWithAProblem(bool isStorage, int status)
    {
        await using var services = new ServiceCollection().AddLogging().BuildServiceProvider();
        using var body = new MemoryStream();
        var http = new DefaultHttpContext { RequestServices = services, Response = { Body = body } };
        await new HttpExceptionMiddleware(NullLogger<HttpExceptionMiddleware>.Instance).Invoke(
            new StubFunctionContext("httpTrigger", http), _ => throw (isStorage ? NoAnswer() : new FormatException("secret")));
        Assert.Equal(status, http.Response.StatusCode);
        Assert.Equal(isStorage, http.Response.Headers.RetryAfter.Count == 1);
        var text = System.Text.Encoding.UTF8.GetString(body.ToArray());
        Assert.Contains(isStorage ? "/docs/errors#not-ready" : "/docs/errors#internal", text, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", text, StringComparison.Ordinal);
        Assert.DoesNotContain("10.0.0.1", text, StringComparison.Ordinal);
    }

    // As the SDK says it when each of its tries found nobody.
    private static AggregateException NoAnswer() => new(new RequestFailedException("Connection refused (10.0.0.1:10000)"));
}
