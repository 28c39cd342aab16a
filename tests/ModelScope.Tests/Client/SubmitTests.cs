using System.Text;
using Darkroom.ModelScope.Failures;
using Darkroom.ModelScope.Requests;
using Darkroom.TestKit;

namespace Darkroom.ModelScope.Tests.Client;

public sealed class SubmitTests : ClientTest
{
    [Theory]
    [InlineData(null)]
    [InlineData("seed-004")]
    [InlineData("numeric-task-id")]
    public async Task Submit_AcceptedInAnyFormat_HasTheTaskId(string? scenario)
    {
        if (scenario is not null)
            Upstream.Scenarios.Assign(scenario);
        var task = await Client.SubmitAsync(Cat);
        Assert.Equal(Upstream.Tasks.All.Single().Id, task.TaskId);
    }

    [Theory]
    [InlineData("bad-parameter", FailureKind.InvalidRequest)]
    [InlineData("model-unsupported", FailureKind.ModelUnavailable)]
    [InlineData("no-provider", FailureKind.ModelUnavailable)]
    [InlineData("model-retired", FailureKind.ModelUnavailable)]
    [InlineData("moderated", FailureKind.ContentRejected)]
    [InlineData("moderated-english", FailureKind.ContentRejected)]
    [InlineData("invalid-token", FailureKind.Unauthorized)]
    [InlineData("bind-account", FailureKind.Unauthorized)]
    [InlineData("forbidden", FailureKind.Unauthorized)]
    [InlineData("no-credits", FailureKind.CreditsExhausted)]
    [InlineData("throttled", FailureKind.Throttled)]
    [InlineData("throttled-date", FailureKind.Throttled)]
    [InlineData("throttled-silent", FailureKind.Throttled)]
    [InlineData("throttled-now", FailureKind.Throttled)]
    [InlineData("quota", FailureKind.QuotaExceeded)]
    [InlineData("busy", FailureKind.Unavailable)]
    [InlineData("submit-500", FailureKind.Unavailable)]
    [InlineData("submit-501", FailureKind.Unavailable)]
    [InlineData("submit-529", FailureKind.Unavailable)]
    [InlineData("submit-302", FailureKind.InvalidRequest)]
    [InlineData("submit-404", FailureKind.InvalidRequest)]
    [InlineData("submit-422", FailureKind.InvalidRequest)]
    [InlineData("submit-408", FailureKind.AmbiguousSubmit)]
    [InlineData("submit-502", FailureKind.AmbiguousSubmit)]
    [InlineData("submit-502-json", FailureKind.AmbiguousSubmit)]
    [InlineData("submit-504", FailureKind.AmbiguousSubmit)]
    [InlineData("submit-500-html", FailureKind.AmbiguousSubmit)]
    [InlineData("submit-503-html", FailureKind.AmbiguousSubmit)]
    [InlineData("submit-html", FailureKind.AmbiguousSubmit)]
    [InlineData("submit-no-id", FailureKind.AmbiguousSubmit)]
    [InlineData("submit-cut", FailureKind.AmbiguousSubmit)]
    [InlineData("submit-cut-before", FailureKind.AmbiguousSubmit)]
    [InlineData("submit-half", FailureKind.AmbiguousSubmit)]
    [InlineData("submit-flood", FailureKind.AmbiguousSubmit)]
    public async Task Submit_Refused_ThrowsItsKindAndPostsOnce(string scenario, FailureKind kind)
    {
        Upstream.Scenarios.Assign(scenario);
        using var patient = NewClient(options => options with { ReadTries = 3 });
        var failure = await Assert.ThrowsAnyAsync<ModelScopeException>(() => patient.SubmitAsync(Cat));
        Assert.Equal(kind, failure.Kind);
        Assert.Equal(1, Upstream.Counters.Submits);
    }

    [Theory]
    [InlineData("submit-silence")]
    [InlineData("submit-drip")]
    public async Task Submit_SilentServer_IsAmbiguousAfterTheTimeout(string scenario)
    {
        Upstream.Scenarios.Assign(scenario);
        var submit = Client.SubmitAsync(Cat);
        await Until(() => Upstream.Counters.Accepted == 1);
        Assert.False(submit.IsCompleted);
        Time.Advance(TimeSpan.FromSeconds(100));
        await Assert.ThrowsAsync<AmbiguousSubmitException>(() => submit);
        Assert.Equal(1, Upstream.Counters.Submits);
    }

    [Fact]
    public async Task Submit_Canceled_IsAmbiguousOnlyAfterSendingBegan()
    {
        Upstream.Scenarios.Assign("submit-silence");
        using var cancel = new CancellationTokenSource();
        var submit = Client.SubmitAsync(Cat, cancel.Token);
        await Until(() => Upstream.Counters.Accepted == 1);
        await cancel.CancelAsync();
        await Assert.ThrowsAsync<AmbiguousSubmitException>(() => submit);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Client.SubmitAsync(Cat, cancel.Token));
        Assert.Equal(1, Upstream.Counters.Submits);
    }

    [Fact]
    public async Task Submit_NoConnection_IsRetried()
    {
        string nowhere;
        await using (var gone = new RawServer(""))
            nowhere = gone.Url;
        using var client = NewClient(options => options with { BaseUrl = nowhere, ReadTries = 3 });
        var submit = client.SubmitAsync(Cat);
        // Three attempts have two pauses between them.
        var pauses = 0;
        while (!submit.IsCompleted)
        {
            if (Time.AdvanceToNext())
                pauses++;
            await Task.Yield();
        }

        var failure = await Assert.ThrowsAsync<UpstreamUnavailableException>(() => submit);
        Assert.True(failure.NothingWasSent);
        Assert.True(pauses >= 2);
        Assert.DoesNotContain("127.0.0.1", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Submit_ReusedConnectionCloses_IsAmbiguousAndPostedOnce()
    {
        const string answer = "HTTP/1.1 200 OK\r\nContent-Length: 15\r\n\r\n{\"task_id\":\"1\"}";
        var posts = 0;
        await using var server = new RawServer(async (connection, _, stop) =>
        {
            posts++;
            await connection.WriteAsync(Encoding.ASCII.GetBytes(answer), stop);
            // The connection stays open. The next request on it is read but not answered.
            var buffer = new byte[65536];
            while (await connection.ReadAsync(buffer, stop) is var read && read > 0)
            {
                if (!Encoding.ASCII.GetString(buffer, 0, read).Contains('}', StringComparison.Ordinal))
                    continue;
                posts++;
                return;
            }
        });
        using var client = NewClient(options => options with { BaseUrl = server.Url, ReadTries = 3 });
        await client.SubmitAsync(Cat);
        await Assert.ThrowsAsync<AmbiguousSubmitException>(() => client.SubmitAsync(Cat));
        Assert.Equal(2, posts);
        Assert.Equal(1, server.Requests);
    }

    [Fact]
    public async Task Submit_BrokenRule_SendsNothing()
    {
        var failure = await Assert.ThrowsAsync<InvalidRequestException>(
            () => Client.SubmitAsync(new ImageRequest { Prompt = "x", Steps = 0 }));
        Assert.Equal("steps", Assert.Single(failure.Problems).Field);
        Assert.Equal(0, Upstream.Counters.Submits);
    }

    [Fact]
    public async Task Submit_UnpairedSurrogate_IsRefused() =>
        Assert.Equal(
            "prompt",
            Assert.Single(
                (
                    await Assert.ThrowsAsync<InvalidRequestException>(
                        () => Client.SubmitAsync(Cat with { Prompt = "x\ud800" }))).Problems).Field);

    [Fact]
    public async Task Submit_Throttled_HasRetryAfter()
    {
        Upstream.Scenarios.Assign("throttled", times: 1);
        Assert.Equal(TimeSpan.FromSeconds(1), (await Assert.ThrowsAsync<ThrottledException>(() => Client.SubmitAsync(Cat))).RetryAfter);
        Upstream.Scenarios.Assign("throttled-date", times: 1);
        Assert.InRange(
            (await Assert.ThrowsAsync<ThrottledException>(() => Client.SubmitAsync(Cat))).RetryAfter!.Value,
            TimeSpan.FromSeconds(1),
            TimeSpan.FromSeconds(2));
        Upstream.Scenarios.Assign("throttled-silent", times: 1);
        Assert.Null((await Assert.ThrowsAsync<ThrottledException>(() => Client.SubmitAsync(Cat))).RetryAfter);
    }

    [Fact]
    public async Task Submit_QuotaExceeded_ResetsAtTheStatedTimeOrNextDayInChina()
    {
        Upstream.Scenarios.Assign("quota", times: 1);
        Assert.Equal(
            ChinaDay.NextStart(Time.GetUtcNow()),
            (await Assert.ThrowsAsync<QuotaExceededException>(() => Client.SubmitAsync(Cat))).ResetsAt);
        Upstream.Scenarios.Assign("quota-until", times: 1);
        Assert.Equal(
            Time.GetUtcNow().AddSeconds(2), (await Assert.ThrowsAsync<QuotaExceededException>(() => Client.SubmitAsync(Cat))).ResetsAt);
    }

    [Fact]
    public async Task Submit_Refused_HasMessageCodeAndRequestId()
    {
        Upstream.Scenarios.Assign("model-unsupported");
        var failure = await Assert.ThrowsAsync<ModelUnavailableException>(() => Client.SubmitAsync(Cat));
        Assert.Equal(400, failure.StatusCode);
        Assert.Equal("40212", failure.Code);
        Assert.Contains("model or lora is not supported", failure.Message, StringComparison.Ordinal);
        Upstream.Scenarios.Assign("forbidden");
        var forbidden = await Assert.ThrowsAsync<UnauthorizedException>(() => Client.SubmitAsync(Cat));
        Assert.Equal("r-403", forbidden.RequestId);
        foreach (var check in new[] { "modelscope.cn", "expired or revoked", "Alibaba Cloud account", "real-name", "access denied" })
            Assert.Contains(check, forbidden.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 999999999999\r\n\r\n{")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 40\r\n\r\n{\"task_id\":\"1")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 3\r\n\r\nabc")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n\u00ff\u00fe")]
    [InlineData("HTTP/9.9 200 OK\r\n\r\n")]
    [InlineData("SSH-2.0-OpenSSH_9.2\r\n")]
    [InlineData("\r\n\r\n\r\n")]
    [InlineData("")]
    public async Task Submit_MalformedAnswer_IsAmbiguous(string answer)
    {
        await using var server = new RawServer(answer);
        using var client = NewClient(options => options with { BaseUrl = server.Url, ReadTries = 3 });
        await Assert.ThrowsAsync<AmbiguousSubmitException>(() => client.SubmitAsync(Cat));
        Assert.Equal(1, server.Requests);
    }

    [Fact]
    public async Task Submit_EndlessHeaders_IsAmbiguous()
    {
        await using var server = new RawServer(async (connection, _, stop) =>
        {
            await connection.WriteAsync("HTTP/1.1 200 OK\r\n"u8.ToArray(), stop);
            var header = Encoding.ASCII.GetBytes("X-Filler: " + new string('x', 4000) + "\r\n");
            while (true)
                await connection.WriteAsync(header, stop);
        });
        using var client = NewClient(options => options with { BaseUrl = server.Url });
        await Assert.ThrowsAsync<AmbiguousSubmitException>(() => client.SubmitAsync(Cat));
    }

    [Fact]
    public async Task Submit_ChinesePrompt_IsSentUnescaped()
    {
        await Client.SubmitAsync(Cat with { Prompt = "一只金色的猫" });
        Assert.Contains("一只金色的猫", Upstream.Counters.Bodies.Single(), StringComparison.Ordinal);
    }
}
