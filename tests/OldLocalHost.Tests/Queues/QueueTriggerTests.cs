using System.Globalization;
using Azure.Storage.Queues;
using Darkroom.LocalHost.Hosting;
using Darkroom.LocalHost.Tests.Hosting;
using Darkroom.TestKit;
using Microsoft.Azure.Functions.Worker;

namespace Darkroom.LocalHost.Tests.Queues;

public sealed class QueueTriggerTests : QueueTest
{
    [Fact]
    public async Task A_message_runs_its_function_and_is_gone()
    {
        await SendAsync("Grüße");
        await using var app = await StartAsync(typeof(Texts));
        await Inbox.HasAsync(1);
        await IsEmptyAsync(Queue);
        Assert.Equal(["Grüße"], Inbox.Received);
    }

    [Fact]
    public async Task The_queue_is_created_when_it_is_missing()
    {
        await using var app = await StartAsync(typeof(Texts));
        await Eventually.IsTrueAsync(async () => await Queue.ExistsAsync());
    }

    [Fact]
    public async Task Messages_become_what_the_parameter_is()
    {
        await using var app = await StartAsync(typeof(Jobs));
        await SendAsync("""{"name":"cat","COUNT":3}""");
        await Inbox.HasAsync(1);
        Assert.Equal(["Job { Name = cat, Count = 3 }"], Inbox.Received);
    }

    [Fact]
    public async Task Text_is_taken_as_it_is_when_host_json_says_so()
    {
        await Queue.CreateAsync();
        await Queue.SendMessageAsync("plain & <simple>");
        await using var app = await StartAsync(typeof(Texts), "\"messageEncoding\": \"none\"");
        await Inbox.HasAsync(1);
        Assert.Equal(["plain & <simple>"], Inbox.Received);
    }

    [Fact]
    public async Task A_function_is_told_what_is_known_of_its_message()
    {
        await using var app = await StartAsync(typeof(Facts));
        await SendAsync("hello");
        await Inbox.HasAsync(1);
        var facts = Assert.Single(Inbox.Received).Split('|');
        Assert.Equal(("1", "1", "hello"), (facts[0], facts[1], facts[2]));
        Assert.Equal(facts[3], facts[4]);
        Assert.True(Guid.TryParse(facts[3], out _));
        Assert.True(DateTimeOffset.Parse(facts[5], CultureInfo.InvariantCulture) < DateTimeOffset.Parse(facts[6], CultureInfo.InvariantCulture));
        Assert.NotEqual("", facts[7]);
    }

    [Fact]
    public async Task A_message_that_fails_comes_again_and_is_set_aside_in_the_end()
    {
        Inbox.Fails = _ => true;
        await SendAsync("bad");
        await using var app = await StartAsync(typeof(Texts), "\"maxDequeueCount\": 3");
        Assert.Equal(Base64("bad"), (await OnlyAsync(Poison)).MessageText);
        await IsEmptyAsync(Queue);
        Assert.Equal(["bad", "bad", "bad"], Inbox.Received);
        Assert.Equal(3, app.Log.Lines.Count(line => line.Contains("Function Texts failed for message", StringComparison.Ordinal)));
        Assert.Contains($"was set aside in queue {QueueName}-poison after 3 attempts", app.Log.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_failure_is_no_reason_to_lose_anything()
    {
        var failures = 0;
        Inbox.Fails = _ => Interlocked.Increment(ref failures) == 1;
        await SendAsync("shaky");
        await using var app = await StartAsync(typeof(Texts));
        await Inbox.HasAsync(2);
        await IsEmptyAsync(Queue);
        Assert.Equal(["shaky", "shaky"], Inbox.Received);
        Assert.Equal(0, await CountAsync(Poison));
    }

    [Fact]
    public async Task A_message_that_does_not_fit_the_parameter_is_set_aside_too()
    {
        await SendAsync("no json");
        await using var app = await StartAsync(typeof(Jobs), "\"maxDequeueCount\": 2");
        Assert.Equal(Base64("no json"), (await OnlyAsync(Poison)).MessageText);
        Assert.Contains("Cannot convert input parameter 'job'", app.Log.Text, StringComparison.Ordinal);
        Assert.Empty(Inbox.Received);
    }

    [Fact]
    public async Task What_is_not_base64_is_set_aside_without_a_run()
    {
        await Queue.CreateAsync();
        await Queue.SendMessageAsync("{ not base64 }");
        await using var app = await StartAsync(typeof(Texts));
        Assert.Equal("{ not base64 }", (await OnlyAsync(Poison)).MessageText);
        await IsEmptyAsync(Queue);
        Assert.Contains("is not valid base64", app.Log.Text, StringComparison.Ordinal);
        Assert.Empty(Inbox.Received);
    }

    [Fact]
    public async Task What_was_fetched_too_often_already_is_set_aside_without_a_run()
    {
        await SendAsync("crashed before");
        for (var fetch = 0; fetch < 2; fetch++)
        {
            var message = (await Queue.ReceiveMessageAsync()).Value;
            await Queue.UpdateMessageAsync(message.MessageId, message.PopReceipt, visibilityTimeout: TimeSpan.Zero);
        }

        await using var app = await StartAsync(typeof(Texts), "\"maxDequeueCount\": 2");
        Assert.Equal(Base64("crashed before"), (await OnlyAsync(Poison)).MessageText);
        Assert.Empty(Inbox.Received);
    }

    [Fact]
    public async Task A_poison_queue_has_none_of_its_own()
    {
        Inbox.Fails = _ => true;
        await SendAsync("hopeless", Poison);
        await using var app = await StartAsync(typeof(PoisonTexts), "\"maxDequeueCount\": 1");
        await app.Log.Has("Function PoisonTexts failed");
        await app.StopAsync();
        Assert.Equal(1, await CountAsync(Poison));
        Assert.False(await new QueueClient(Connection, $"{QueueName}-poison-poison").ExistsAsync());
        Assert.Single(Inbox.Received);
    }

    [Fact]
    public async Task No_more_run_at_once_than_a_batch_and_the_threshold()
    {
        var gate = new TaskCompletionSource();
        Inbox.Gate = gate.Task;
        for (var i = 0; i < 20; i++)
            await SendAsync($"{i}");
        await using var app = await StartAsync(typeof(Texts), "\"batchSize\": 4, \"newBatchThreshold\": 3");
        await Inbox.HasAsync(4);
        gate.SetResult();
        await Inbox.HasAsync(20);
        await IsEmptyAsync(Queue);
        Assert.InRange(Inbox.MostAtOnce, 4, 7);
        Assert.Equal(Enumerable.Range(0, 20).Select(number => $"{number}").Order(StringComparer.Ordinal), Inbox.Received.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task An_empty_queue_is_left_alone_for_longer_and_longer()
    {
        var time = new ManualTime();
        await using var app = await StartAsync(typeof(Texts), "\"maxPollingInterval\": \"00:00:05\"", time);
        await Eventually.IsTrue(() => time.Waiting > 0);
        await SendAsync("late");
        Assert.Empty(Inbox.Received);
        await Eventually.IsTrue(() =>
        {
            time.Advance(TimeSpan.FromSeconds(5));
            return Inbox.Received.Count > 0;
        });
    }

    [Fact]
    public async Task A_storage_that_is_out_of_reach_is_waited_for()
    {
        var time = new ManualTime();
        await using var app = await StartAsync(typeof(Texts), time: time, change: settings => settings with
        {
            Arguments = [$"--AzureWebJobsStorage=DefaultEndpointsProtocol=http;AccountName=a;AccountKey=AAAA;QueueEndpoint=http://127.0.0.1:1/a;", $"--QueueName={QueueName}"],
        });
        await app.Log.Has($"Queue {QueueName} cannot be reached; it is tried again until it can");
        Assert.Equal(System.Net.HttpStatusCode.NotFound, (await app.Http.GetAsync("api/nothing")).StatusCode);
        Assert.DoesNotContain("AAAA", app.Log.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--QueueName=x", "Function 'Texts': the setting 'AzureWebJobsStorage' is missing: it says where the queue is; \"UseDevelopmentStorage=true\" is Azurite on this machine.")]
    [InlineData("--AzureWebJobsStorage__queueServiceUri=https://x.queue.core.windows.net", "Function 'Texts': the settings 'AzureWebJobsStorage__…' describe a connection by identity, which is for Azure: here 'AzureWebJobsStorage' must be a connection string.")]
    [InlineData("--AzureWebJobsStorage=AccountKey=secret", "Function 'Texts': the setting 'AzureWebJobsStorage' is not a connection string of Azure Storage.")]
    public void A_connection_that_cannot_be_is_an_error_at_the_start(string argument, string message)
    {
        var settings = new AppSettings(typeof(Texts)) { Arguments = [argument.Replace("__", ":", StringComparison.Ordinal).Replace("AzureWebJobsStorage:…", "AzureWebJobsStorage__…", StringComparison.Ordinal), "--QueueName=abc"] };
        var text = Assert.Throws<StartException>(() => RunningApp.Build(settings)).Message;
        Assert.Contains(message, text, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("UPPER")]
    [InlineData("a--b")]
    [InlineData("ab")]
    [InlineData("-abc")]
    public void A_queue_name_that_cannot_be_is_an_error_at_the_start(string name)
    {
        var settings = new AppSettings(typeof(Texts)) { Arguments = [$"--QueueName={name}", "--AzureWebJobsStorage=UseDevelopmentStorage=true"] };
        Assert.Contains(
            $"Function 'Texts': '{name}' cannot be the name of a queue: 3 to 63 lower-case letters, digits and single hyphens.",
            Assert.Throws<StartException>(() => RunningApp.Build(settings)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_setting_in_the_name_that_is_not_there_is_an_error_at_the_start() =>
        Assert.Contains(
            "Function 'Texts': '%QueueName%' names the setting 'QueueName', which is not there.",
            Assert.Throws<StartException>(() => RunningApp.Build(new AppSettings(typeof(Texts)) { Arguments = ["--AzureWebJobsStorage=UseDevelopmentStorage=true"] })).Message,
            StringComparison.Ordinal);

    [Fact]
    public async Task A_connection_may_have_a_name_of_its_own()
    {
        await using var app = await StartAsync(typeof(Elsewhere), change: settings => settings with { Arguments = [$"--Pictures={Connection}", $"--QueueName={QueueName}"] });
        await SendAsync("there");
        await Inbox.HasAsync(1);
    }

    internal sealed record Job(string Name, int Count);

    internal sealed class Texts(Inbox inbox)
    {
        [Function("Texts")]
        public Task Run([QueueTrigger("%QueueName%")] string text) => inbox.TakeAsync(text);
    }

    internal sealed class Jobs(Inbox inbox)
    {
        [Function("Jobs")]
        public Task Run([QueueTrigger("%QueueName%")] Job job) => inbox.TakeAsync(job.ToString());
    }

    internal sealed class PoisonTexts(Inbox inbox)
    {
        [Function("PoisonTexts")]
        public Task Run([QueueTrigger("%QueueName%-poison")] string text) => inbox.TakeAsync(text);
    }

    internal sealed class Elsewhere(Inbox inbox)
    {
        [Function("Elsewhere")]
        public Task Run([QueueTrigger("%QueueName%", Connection = "Pictures")] byte[] bytes) => inbox.TakeAsync($"{bytes.Length}");
    }

    internal sealed class Facts(Inbox inbox)
    {
        [Function("Facts")]
        public Task Run([QueueTrigger("%QueueName%")] string text, FunctionContext context, int dequeueCount, Guid id)
        {
            var data = context.BindingContext.BindingData;
            return inbox.TakeAsync($"{dequeueCount}|{data["DequeueCount"]}|{data["QueueTrigger"]}|{id}|{data["Id"]}|{data["InsertionTime"]}|{data["ExpirationTime"]}|{data["PopReceipt"]}");
        }
    }
}
