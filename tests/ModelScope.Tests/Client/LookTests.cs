using Darkroom.ModelScope.Failures;
using Darkroom.ModelScope.Tasks;
using Darkroom.TestKit;

namespace Darkroom.ModelScope.Tests.Client;

public sealed class LookTests : ClientTest
{
    [Theory]
    [InlineData("seed-000")]
    [InlineData("seed-001")]
    [InlineData("seed-002")]
    [InlineData("seed-003")]
    [InlineData("seed-004")]
    [InlineData("images-url")]
    [InlineData("data-url")]
    [InlineData("images-base64")]
    [InlineData("data-base64")]
    [InlineData("no-state-while-running")]
    [InlineData("done-SUCCEEDED")]
    [InlineData("done-SUCCESS")]
    [InlineData("done-DONE")]
    public async Task GetTask_SuccessInAnyFormat_HasTheSamePicture(string scenario)
    {
        var task = await DevelopAsync(scenario);
        Assert.Equal(TaskState.Succeeded, task.State);
        await using var picture = await Client.OpenPictureAsync(Assert.Single(task.Pictures));
        var bytes = await ReadAllAsync(picture);
        Assert.Equal(bytes.Length, picture.Facts.Bytes);
        Assert.Equal((64, 64), (picture.Header.Width, picture.Header.Height));
    }

    [Theory]
    [InlineData("running-QUEUED")]
    [InlineData("running-DREAMING")]
    [InlineData("no-state-while-running")]
    [InlineData("seed-000")]
    public async Task GetTask_RunningInAnyFormat_IsRunning(string scenario)
    {
        Upstream.Scenarios.Assign(scenario);
        var task = await Client.SubmitAsync(Cat);
        Assert.Equal(TaskState.Running, (await Client.GetTaskAsync(task.TaskId)).State);
    }

    [Theory]
    [InlineData("failed-errors")]
    [InlineData("failed-error-string")]
    [InlineData("failed-error-object")]
    [InlineData("failed-message")]
    [InlineData("failed-error-message")]
    [InlineData("failed-error-msg")]
    [InlineData("failed-detail")]
    public async Task GetTask_FailureInAnyFormat_HasItsReason(string scenario)
    {
        var task = await DevelopAsync(scenario);
        Assert.Equal(TaskState.Failed, task.State);
        Assert.Equal("CUDA out of memory", task.Reason!.Message);
    }

    [Fact]
    public async Task GetTask_LateReason_IsInTheSecondLook()
    {
        Assert.False((await DevelopAsync("failed-late-reason")).Reason!.HasMessage);
        Assert.True((await Client.GetTaskAsync(Upstream.Tasks.All.Single().Id)).Reason!.HasMessage);
    }

    [Theory]
    [InlineData("not-found-at-first")]
    [InlineData("404-at-first")]
    public async Task GetTask_NotKnownYet_IsPendingAndSucceedsLater(string scenario)
    {
        Upstream.Scenarios.Assign(scenario);
        var task = await Client.SubmitAsync(Cat);
        var early = await Client.GetTaskAsync(task.TaskId);
        Assert.Equal(TaskState.NotFound, early.State);
        Assert.True(early.IsStillPending(TimeSpan.FromSeconds(1)));
        Time.Advance(TimeSpan.FromSeconds(3));
        Assert.Equal(TaskState.Succeeded, (await Client.GetTaskAsync(task.TaskId)).State);
    }

    [Theory]
    [InlineData("look-500", FailureKind.Unavailable)]
    [InlineData("look-502", FailureKind.Unavailable)]
    [InlineData("look-503", FailureKind.Unavailable)]
    [InlineData("look-html", FailureKind.Unavailable)]
    [InlineData("look-cut", FailureKind.Unavailable)]
    [InlineData("look-half", FailureKind.Unavailable)]
    [InlineData("look-flood", FailureKind.Unavailable)]
    [InlineData("look-429", FailureKind.Throttled)]
    [InlineData("look-401", FailureKind.Unauthorized)]
    public async Task GetTask_FailedLook_ThrowsItsKind(string scenario, FailureKind kind)
    {
        using var client = NewClient(options => options with { MaxAnswerBytes = 1 << 20 });
        Upstream.Scenarios.Assign(scenario);
        var task = await Client.SubmitAsync(Cat);
        Assert.Equal(kind, (await Assert.ThrowsAnyAsync<ModelScopeException>(() => client.GetTaskAsync(task.TaskId))).Kind);
    }

    [Theory]
    [InlineData("look-silence")]
    [InlineData("look-drip")]
    public async Task GetTask_SilentServer_TimesOut(string scenario)
    {
        Upstream.Scenarios.Assign(scenario);
        var task = await Client.SubmitAsync(Cat);
        var look = Client.GetTaskAsync(task.TaskId);
        await Until(() => Upstream.Tasks.All.Single().Looks == 1);
        Time.Advance(TimeSpan.FromSeconds(30));
        await Assert.ThrowsAsync<UpstreamUnavailableException>(() => look);
    }

    [Fact]
    public async Task GetTask_FailsTwice_RetriesAfterPauses()
    {
        // The loop below advances the clock far while the sockets work, so the task must run longer than that.
        Upstream.Settings = Upstream.Settings with { Seconds = 1e6 };
        Upstream.Scenarios.Assign("look-500", times: 2);
        using var patient = NewClient(options => options with { ReadTries = 3, ReadTimeout = TimeSpan.FromDays(30) });
        var task = await Client.SubmitAsync(Cat);
        var look = patient.GetTaskAsync(task.TaskId);
        while (!look.IsCompleted)
        {
            Time.Advance(TimeSpan.FromMilliseconds(50));
            await Task.Yield();
        }

        Assert.Equal(TaskState.Running, (await look).State);
        Assert.Equal(3, Upstream.Counters.Looks);
    }

    [Theory]
    [InlineData("result-endpoint-json")]
    [InlineData("result-endpoint-bytes")]
    public async Task GetResult_SuccessWithoutPicture_HasThePicture(string scenario)
    {
        var task = await DevelopAsync(scenario);
        Assert.Empty(task.Pictures);
        await using var result = await Client.GetResultAsync(Upstream.Tasks.All.Single().Id);
        await using var picture = result.Picture ?? await Client.OpenPictureAsync(result.Pictures.Single());
        await ReadAllAsync(picture);
        Assert.Equal((64, 64), (picture.Facts.Header.Width, picture.Facts.Header.Height));
    }

    [Fact]
    public async Task GetResult_NoPictureAnywhere_Throws()
    {
        await DevelopAsync("no-picture");
        await Assert.ThrowsAnyAsync<ModelScopeException>(() => Client.GetResultAsync(Upstream.Tasks.All.Single().Id));
    }

    [Fact]
    public async Task GetTask_Succeeded_HasTheEffectiveParameters()
    {
        var task = await DevelopAsync();
        var made = Upstream.Tasks.All.Single();
        Assert.Equal(made.Seed, task.Input!.Seed);
        Assert.Equal((64, 64), (task.Input.Width, task.Input.Height));
        Assert.Equal(made.Duration.TotalMilliseconds, task.TimeTaken!.Value.TotalMilliseconds, 1);
    }

    [Fact]
    public async Task GetBalance_Always_ReadsTheCredits()
    {
        Upstream.Settings = Upstream.Settings with { Credits = 42 };
        Assert.Equal(new CreditBalance(42, 42, 0), await Client.GetBalanceAsync());
    }

    [Theory]
    [InlineData("..")]
    [InlineData("a/b")]
    [InlineData("a?b")]
    [InlineData("")]
    public async Task GetTask_IdThatChangesThePath_IsRefused(string id) =>
        await Assert.ThrowsAsync<InvalidRequestException>(() => Client.GetTaskAsync(id));

    [Fact]
    public async Task GetTask_WithinATrace_SendsNoTraceHeaders()
    {
        var request = "";
        await using var server = new RawServer(async (connection, text, stop) =>
        {
            request = text;
            await connection.WriteAsync("HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n"u8.ToArray(), stop);
        });
        using var client = NewClient(options => options with { BaseUrl = server.Url });
        using var activity = new System.Diagnostics.Activity("test").Start();
        await Assert.ThrowsAsync<UnauthorizedException>(() => client.GetTaskAsync("1"));
        Assert.Contains("X-ModelScope-Task-Type", request, StringComparison.Ordinal);
        Assert.DoesNotContain("traceparent", request, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task GetTask_ArbitraryBytes_ReturnsOrThrowsModelScopeException()
    {
        var answers = new Queue<byte[]>();
        await using var server = new RawServer(async (connection, _, stop) => await connection.WriteAsync(answers.Dequeue(), stop));
        using var client = NewClient(options => options with { BaseUrl = server.Url }, TimeProvider.System);
        Properties.ForAll(
            JsonGen.Bytes(),
            body =>
            {
                answers.Enqueue(
                    [
                        .. System.Text.Encoding.ASCII.GetBytes(
                            $"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: {body.Length}\r\n\r\n"),
                        .. body]
                    );
                try
                {
                    return client.GetTaskAsync("1").GetAwaiter().GetResult() is not null;
                }
                catch (ModelScopeException)
                {
                    return true;
                }
            },
            cases: 300);
    }
}
