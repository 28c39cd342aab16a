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
    public async Task Every_dialect_of_success_ends_in_the_same_picture(string scenario)
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
    public async Task Every_word_for_running_is_running(string scenario)
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
    public async Task Every_dialect_of_failure_gives_its_reason(string scenario)
    {
        var task = await DevelopAsync(scenario);
        Assert.Equal(TaskState.Failed, task.State);
        Assert.Equal("CUDA out of memory", task.Reason!.Message);
    }

    [Fact]
    public async Task A_late_reason_comes_with_the_second_look()
    {
        Assert.False((await DevelopAsync("failed-late-reason")).Reason!.HasWords);
        Assert.True((await Client.GetTaskAsync(Upstream.Tasks.All.Single().Id)).Reason!.HasWords);
    }

    [Theory]
    [InlineData("not-found-at-first")]
    [InlineData("404-at-first")]
    public async Task A_task_that_is_not_known_yet_is_pending_and_found_later(string scenario)
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
    public async Task Trouble_says_nothing_of_the_task(string scenario, FailureKind kind)
    {
        using var client = NewClient(options => options with { MaxAnswerBytes = 1 << 20 });
        Upstream.Scenarios.Assign(scenario);
        var task = await Client.SubmitAsync(Cat);
        Assert.Equal(kind, (await Assert.ThrowsAnyAsync<ModelScopeException>(() => client.GetTaskAsync(task.TaskId))).Kind);
    }

    [Theory]
    [InlineData("look-silence")]
    [InlineData("look-drip")]
    public async Task Silence_ends_after_its_time(string scenario)
    {
        Upstream.Scenarios.Assign(scenario);
        var task = await Client.SubmitAsync(Cat);
        var look = Client.GetTaskAsync(task.TaskId);
        await Until(() => Upstream.Tasks.All.Single().Looks == 1);
        Time.Advance(TimeSpan.FromSeconds(30));
        await Assert.ThrowsAsync<UpstreamUnavailableException>(() => look);
    }

    [Fact]
    public async Task Trouble_is_tried_again_with_growing_pauses()
    {
        // The clock runs far ahead while the sockets work: the task must outlast it.
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
    public async Task A_success_without_a_picture_has_it_behind_the_result_endpoint(string scenario)
    {
        var task = await DevelopAsync(scenario);
        Assert.Empty(task.Pictures);
        await using var result = await Client.GetResultAsync(Upstream.Tasks.All.Single().Id);
        await using var picture = result.Picture ?? await Client.OpenPictureAsync(result.Pictures.Single());
        await ReadAllAsync(picture);
        Assert.Equal((64, 64), (picture.Facts.Header.Width, picture.Facts.Header.Height));
    }

    [Fact]
    public async Task A_result_that_is_nowhere_is_a_failure()
    {
        await DevelopAsync("no-picture");
        await Assert.ThrowsAnyAsync<ModelScopeException>(() => Client.GetResultAsync(Upstream.Tasks.All.Single().Id));
    }

    [Fact]
    public async Task The_effective_parameters_come_back()
    {
        var task = await DevelopAsync();
        var made = Upstream.Tasks.All.Single();
        Assert.Equal(made.Seed, task.Input!.Seed);
        Assert.Equal((64, 64), (task.Input.Width, task.Input.Height));
        Assert.Equal(made.Duration.TotalMilliseconds, task.TimeTaken!.Value.TotalMilliseconds, 1);
    }

    [Fact]
    public async Task The_balance_is_read()
    {
        Upstream.Settings = Upstream.Settings with { Credits = 42 };
        Assert.Equal(new CreditBalance(42, 42, 0), await Client.GetBalanceAsync());
    }

    [Theory]
    [InlineData("..")]
    [InlineData("a/b")]
    [InlineData("a?b")]
    [InlineData("")]
    public async Task An_id_that_would_travel_is_refused(string id) =>
        await Assert.ThrowsAsync<InvalidRequestException>(() => Client.GetTaskAsync(id));

    [Fact]
    public async Task Any_answer_is_understood_or_is_our_exception()
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
