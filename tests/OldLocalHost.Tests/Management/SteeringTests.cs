using System.Net;
using System.Text.Json.Nodes;
using DurableTask.Core.Exceptions;
using Microsoft.DurableTask.Client;

namespace Darkroom.LocalHost.Tests.Management;

public sealed class SteeringTests : ManagementTest
{
    public static TheoryData<OrchestrationRuntimeStatus> Over { get; } = [OrchestrationRuntimeStatus.Completed, OrchestrationRuntimeStatus.Failed, OrchestrationRuntimeStatus.Terminated];

    [Theory]
    [InlineData("terminate")]
    [InlineData("suspend")]
    [InlineData("resume")]
    [InlineData("TERMINATE")]
    public async Task It_is_202_with_nothing_more_and_the_reason_is_passed_on(string operation)
    {
        Client.Add("a", OrchestrationRuntimeStatus.Running);
        await IsBareAsync(HttpStatusCode.Accepted, await PostAsync($"instances/a/{operation}?reason=no%20more%20need"));
        await IsBareAsync(HttpStatusCode.Accepted, await PostAsync($"instances/a/{operation}"));
#pragma warning disable CA1308 // the call is written down in lower case
        var name = operation.ToLowerInvariant();
#pragma warning restore CA1308
        Assert.Equal([$"{name} a no more need", $"{name} a nothing"], Client.Calls);
    }

    [Theory]
    [InlineData("terminate")]
    [InlineData("suspend")]
    [InlineData("resume")]
    [InlineData("raiseEvent/e")]
    public async Task An_unknown_instance_is_a_bare_404(string operation) => await IsBareAsync(HttpStatusCode.NotFound, await PostAsync($"instances/nobody/{operation}", "1"));

    [Theory]
    [MemberData(nameof(Over))]
    public async Task One_that_is_over_is_a_bare_410(OrchestrationRuntimeStatus status)
    {
        Client.Add("a", status);
        foreach (var operation in (string[])["terminate", "suspend", "resume", "raiseEvent/e"])
            await IsBareAsync(HttpStatusCode.Gone, await PostAsync($"instances/a/{operation}", "1"));
        Assert.Empty(Client.Calls);
    }

    [Fact]
    public async Task Suspending_what_is_suspended_is_500_with_the_clients_words()
    {
        Client.Add("a", OrchestrationRuntimeStatus.Suspended);
        Client.Failure = new InvalidOperationException("Cannot suspend the orchestration instance a because instance is in the Suspended state.");
        var response = await PostAsync("instances/a/suspend");
        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
        Assert.Contains("because instance is in the Suspended state", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"ok": true}""", "application/json", """{"ok":true}""")]
    [InlineData("5", "application/json", "5")]
    [InlineData("null", "Application/JSON", "null")]
    public async Task An_event_is_202_and_is_passed_on(string body, string type, string data)
    {
        Client.Add("a", OrchestrationRuntimeStatus.Suspended);
        await IsBareAsync(HttpStatusCode.Accepted, await PostAsync("instances/a/raiseEvent/Slot%20free", body, type));
        Assert.Equal([$"raise a Slot free {data}"], Client.Calls);
    }

    [Theory]
    [InlineData("1", "text/plain")]
    [InlineData("1", "text/json")]
    [InlineData(null, "application/json")]
    public async Task An_event_of_another_type_is_400(string? body, string type)
    {
        Client.Add("a", OrchestrationRuntimeStatus.Running);
        await IsJsonAsync(HttpStatusCode.BadRequest, """{"Message":"Only application/json request content is supported"}""", await PostAsync("instances/a/raiseEvent/e", body, type));
    }

    [Theory]
    [InlineData("{")]
    [InlineData("")]
    [InlineData("cat")]
    public async Task An_event_that_is_not_json_is_400(string body)
    {
        Client.Add("a", OrchestrationRuntimeStatus.Running);
        var response = await PostAsync("instances/a/raiseEvent/e", body);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("Invalid JSON content", JsonNode.Parse(await response.Content.ReadAsStringAsync())!["Message"]!.GetValue<string>());
        Assert.Empty(Client.Calls);
    }

    [Fact]
    public async Task Rewind_takes_what_has_failed()
    {
        await IsJsonAsync(HttpStatusCode.NotFound, "\"No orchestration with instance ID \\\"$nobody\\\" found.\"", await PostAsync("instances/nobody/rewind"));
        Client.Add("a", OrchestrationRuntimeStatus.Running);
        await IsJsonAsync(
            HttpStatusCode.PreconditionFailed,
            "\"This orchestration has status Running, but only orchestrations in the \\\"Failed\\\" state can be rewound.\"",
            await PostAsync("instances/a/rewind"));
        Client.Add("a", OrchestrationRuntimeStatus.Failed);
        await IsBareAsync(HttpStatusCode.Accepted, await PostAsync("instances/a/rewind?reason=mended"));
        Assert.Equal(["rewind a mended"], Client.Calls);
        Client.Failure = new NotImplementedException();
        Assert.Equal(HttpStatusCode.NotImplemented, (await PostAsync("instances/a/rewind")).StatusCode);
    }

    [Theory]
    [InlineData("", "restart a True", "fresh")]
    [InlineData("?restartWithNewInstanceId=true", "restart a True", "fresh")]
    [InlineData("?restartWithNewInstanceId=false", "restart a False", "a")]
    public async Task Restart_is_answered_like_a_start(string query, string call, string id)
    {
        var response = await PostAsync($"instances/a/restart{query}");
        Assert.Equal((HttpStatusCode.Accepted, "10"), (response.StatusCode, Assert.Single(response.Headers.GetValues("Retry-After"))));
        Assert.Equal(id, JsonNode.Parse(await response.Content.ReadAsStringAsync())!["id"]!.GetValue<string>());
        Assert.Equal([call], Client.Calls);
    }

    [Fact]
    public async Task Restart_of_nobody_is_400_and_of_one_that_may_not_be_replaced_409()
    {
        Client.Failure = new ArgumentOutOfRangeException(null, "An orchestration with the instanceId a was not found.");
        var response = await PostAsync("instances/a/restart");
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("\"Message\":\"InstanceId does not match a valid orchestration instance.\"", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Client.Failure = new OrchestrationAlreadyExistsException("It exists.");
        response = await PostAsync("instances/a/restart?restartWithNewInstanceId=false");
        Assert.Equal(HttpStatusCode.Conflict, response.StatusCode);
        Assert.Contains("\"Message\":\"A non-terminal instance with this instance ID already exists.\"", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }
}
