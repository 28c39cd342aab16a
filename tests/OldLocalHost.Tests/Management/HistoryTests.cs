using System.Text.Json.Nodes;
using Darkroom.LocalHost.History;
using Darkroom.LocalHost.Instances;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace Darkroom.LocalHost.Tests.Management;

public sealed class HistoryTests : ManagementTest
{
    private static readonly DateTime Ten = new(2026, 11, 21, 10, 0, 0, DateTimeKind.Utc);
    private static readonly TaskFailureDetails Broken = new("A.B", "it broke", "at X", new TaskFailureDetails("C", "deeper", null, null, null), null);

    [Theory]
    [InlineData("", false)]
    [InlineData("?showHistory=false", false)]
    [InlineData("?showHistory=true", true)]
    public async Task It_is_there_only_when_asked_for(string query, bool isThere)
    {
        Keep(OrchestrationRuntimeStatus.Running, new OrchestratorStarted(Ten));
        Assert.Equal(isThere, (await BodyAsync(query)).ContainsKey("historyEvents"));
    }

    [Fact]
    public async Task A_pending_instance_has_none()
    {
        Keep(OrchestrationRuntimeStatus.Pending, new OrchestratorStarted(Ten));
        Assert.False((await BodyAsync("?showHistory=true")).ContainsKey("historyEvents"));
    }

    [Fact]
    public async Task A_task_that_is_over_stands_there_once_with_when_it_began()
    {
        Keep(
            OrchestrationRuntimeStatus.Completed,
            new OrchestratorStarted(Ten),
            new ExecutionStarted("Develop", "{\"A\":1}", "", null, null),
            new TaskScheduled(0, "Save", "\"x\""),
            new TaskScheduled(1, "Look", null),
            new OrchestratorStarted(Ten.AddSeconds(1.5)),
            new TaskCompleted(0, "{\"B\":2}"),
            new TaskFailed(1, Broken),
            new ExecutionCompleted(Ending.Completed, "[3]", null));
        Assert.Equal(
            [
                """{"EventType":"ExecutionStarted","Timestamp":"2026-11-21T10:00:00.0000000Z","FunctionName":"Develop","Input":"{\"A\":1}","Correlation":null,"ScheduledStartTime":null}""",
                """{"EventType":"TaskCompleted","Timestamp":"2026-11-21T10:00:01.5000000Z","Result":{"B":2},"ScheduledTime":"2026-11-21T10:00:00.0000000Z","FunctionName":"Save","Input":"[\"x\"]"}""",
                """{"EventType":"TaskFailed","Timestamp":"2026-11-21T10:00:01.5000000Z","Reason":"Function 'Look' failed with an unhandled exception.","Details":null,"FailureDetails":{"ErrorType":"A.B","ErrorMessage":"it broke","StackTrace":"at X","InnerFailure":{"ErrorType":"C","ErrorMessage":"deeper","StackTrace":null,"InnerFailure":null,"IsNonRetriable":false},"IsNonRetriable":false},"ScheduledTime":"2026-11-21T10:00:00.0000000Z","FunctionName":"Look","Input":"[null]"}""",
                """{"EventType":"ExecutionCompleted","Timestamp":"2026-11-21T10:00:01.5000000Z","OrchestrationStatus":"Completed","Result":[3]}""",
            ],
            await EventsAsync("?showHistory=true&showHistoryOutput=true"));
    }

    [Fact]
    public async Task Open_tasks_stand_there_as_scheduled()
    {
        Keep(
            OrchestrationRuntimeStatus.Running,
            new OrchestratorStarted(Ten),
            new TaskScheduled(0, "Save", "1"),
            new SubOrchestrationCreated(1, "Print", "a:1", "2", "", null),
            new TimerCreated(2, Ten.AddMinutes(1)));
        Assert.Equal(
            [
                """{"EventType":"TaskScheduled","Timestamp":"2026-11-21T10:00:00.0000000Z","Name":"Save","Input":"[1]"}""",
                """{"EventType":"SubOrchestrationInstanceCreated","Timestamp":"2026-11-21T10:00:00.0000000Z","InstanceId":"a:1","Name":"Print","Input":"2"}""",
                """{"EventType":"TimerCreated","Timestamp":"2026-11-21T10:00:00.0000000Z","FireAt":"2026-11-21T10:01:00.0000000Z"}""",
            ],
            await EventsAsync("?showHistory=true"));
    }

    [Fact]
    public async Task Inputs_and_outputs_can_be_left_out()
    {
        Keep(
            OrchestrationRuntimeStatus.Completed,
            new OrchestratorStarted(Ten),
            new SubOrchestrationCreated(0, "Print", "a:0", "2", "", null),
            new SubOrchestrationCreated(1, "Print", "a:1", "2", "", null),
            new SubOrchestrationCompleted(0, "3"),
            new SubOrchestrationFailed(1, null),
            new EventRaised("e", "4"));
        Assert.Equal(
            [
                """{"EventType":"SubOrchestrationInstanceCompleted","Timestamp":"2026-11-21T10:00:00.0000000Z","ScheduledTime":"2026-11-21T10:00:00.0000000Z","FunctionName":"Print"}""",
                """{"EventType":"SubOrchestrationInstanceFailed","Timestamp":"2026-11-21T10:00:00.0000000Z","Reason":"Function 'Print' failed with an unhandled exception.","Details":null,"FailureDetails":null,"ScheduledTime":"2026-11-21T10:00:00.0000000Z","FunctionName":"Print"}""",
                """{"EventType":"EventRaised","Timestamp":"2026-11-21T10:00:00.0000000Z","Name":"e"}""",
            ],
            await EventsAsync("?showHistory=true&showInput=false"));
    }

    [Fact]
    public async Task Everything_else_that_happens_has_its_members()
    {
        Keep(
            OrchestrationRuntimeStatus.Terminated,
            new OrchestratorStarted(Ten),
            new TimerFired(0, Ten),
            new EventRaised("e", null),
            new EventSent(1, "other", "slot", "5"),
            new ExecutionSuspended("wait"),
            new ExecutionResumed(null),
            new ContinuedAsNew("6", "", []),
            new ExecutionTerminated("\"enough\"", false),
            new ExecutionCompleted(Ending.Failed, null, Broken with { InnerFailure = null }));
        Assert.Equal(
            [
                """{"EventType":"TimerFired","Timestamp":"2026-11-21T10:00:00.0000000Z","FireAt":"2026-11-21T10:00:00.0000000Z"}""",
                """{"EventType":"EventRaised","Timestamp":"2026-11-21T10:00:00.0000000Z","Name":"e","Input":null}""",
                """{"EventType":"EventSent","Timestamp":"2026-11-21T10:00:00.0000000Z","InstanceId":"other","Name":"slot","Input":"5"}""",
                """{"EventType":"ExecutionSuspended","Timestamp":"2026-11-21T10:00:00.0000000Z","Reason":"wait"}""",
                """{"EventType":"ExecutionResumed","Timestamp":"2026-11-21T10:00:00.0000000Z","Reason":null}""",
                """{"EventType":"ContinueAsNew","Timestamp":"2026-11-21T10:00:00.0000000Z"}""",
                """{"EventType":"ExecutionTerminated","Timestamp":"2026-11-21T10:00:00.0000000Z","Input":"\"enough\""}""",
                """{"EventType":"ExecutionCompleted","Timestamp":"2026-11-21T10:00:00.0000000Z","OrchestrationStatus":"Failed","FailureDetails":{"ErrorType":"A.B","ErrorMessage":"it broke","StackTrace":"at X","InnerFailure":null,"IsNonRetriable":false}}""",
            ],
            await EventsAsync("?showHistory=true"));
    }

    private void Keep(OrchestrationRuntimeStatus status, params HistoryEvent[] history)
    {
        Client.Add("a", status);
        History.Snapshots["a"] = new InstanceSnapshot
        {
            ExecutionId = "x",
            Begin = new ExecutionStarted("Develop", null, "", null, null),
            CreatedAt = Ten,
            UpdatedAt = Ten,
            History = history,
        };
    }

    private async Task<JsonObject> BodyAsync(string query) => JsonNode.Parse(await (await GetAsync($"instances/a{query}")).Content.ReadAsStringAsync())!.AsObject();

    private async Task<IEnumerable<string>> EventsAsync(string query)
    {
        var body = await (await GetAsync($"instances/a{query}")).Content.ReadAsStringAsync();
        Assert.Contains(",\"historyEvents\":[", body, StringComparison.Ordinal);
        var relaxed = new System.Text.Json.JsonSerializerOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
        return JsonNode.Parse(body)!["historyEvents"]!.AsArray().Select(happened => happened!.ToJsonString(relaxed));
    }
}
