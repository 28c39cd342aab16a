using System.Text.Json.Nodes;
using Darkroom.Durable;
using Darkroom.Functions.Tests.Orchestrations;
using Darkroom.Functions.Tests.Orchestrations.TaskHub;
using Darkroom.Gate;
using Darkroom.Jobs;
using Darkroom.Jobs.Submit;
using Darkroom.Requests;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;

namespace Darkroom.Functions.Tests.Jobs.Submit;

/// <summary>
/// A late submit: the check right before the POST finds that the job has ended, expired or was canceled, and nothing is posted.
/// </summary>
public sealed class SubmitTaskTests(AppOnTaskHub app) : IClassFixture<AppOnTaskHub>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Submit_JobDoesNotExist_PostsNothing()
    {
        var (ticket, _, prompt) = NewJob();
        var result = await SubmitAsync(ticket);
        Assert.IsType<SubmitOutcome.GivenUp>(result);
        Assert.Equal(0, app.Upstream.Counters.PostsByPrompt.GetValueOrDefault(prompt));
        // The ledger shows that nothing was posted.
        Assert.Equal(
            LedgerState.Refused, (await app.Services.GetRequiredService<Ledger>().ReadAsync(ticket.JobId, 0, Token))!.Value.Entry.State);
    }

    [Fact]
    public async Task Submit_JobExpired_PostsNothing()
    {
        var (ticket, _, prompt) = NewJob();
        Assert.IsType<SubmitOutcome.GivenUp>(await SubmitAsync(ticket with { ExpiresAt = app.Hub.Now.UtcDateTime.AddMinutes(-1) }));
        Assert.Equal(0, app.Upstream.Counters.PostsByPrompt.GetValueOrDefault(prompt));
    }

    [Fact]
    public async Task Submit_JobEnded_ReturnsTheTaskInItsLedger()
    {
        var (ticket, request, _) = NewJob();
        Assert.True(await app.Services.GetRequiredService<JobStarter>().TryStartAsync(app.Client, ticket, request, Token));
        await app.Hub.RunUntilEndAsync(ticket.JobId);
        var result = await SubmitAsync(ticket);
        Assert.IsType<SubmitOutcome.Accepted>(result);
    }

    [Fact]
    public async Task Submit_OldClaim_IsRenewedBeforeThePost()
    {
        var (ticket, request, prompt) = NewJob();
        app.Upstream.Scenarios.Assign("never-ends", prompt);
        // The job has started, but has not reached its submit.
        await app.Services.GetRequiredService<JobStarter>().TryStartAsync(app.Client, ticket, request, Token);
        var claims = new List<LedgerEntry>();
        var client = new SlowClient(app, async () =>
        {
            claims.Add((await app.Services.GetRequiredService<Ledger>().ReadAsync(ticket.JobId, 0, Token))!.Value.Entry);
            // Storage delays the first check whether the job is still wanted.
            if (claims.Count == 1)
                app.Time.Advance(TimeSpan.FromSeconds(60));
        });
        var result = (
            await ActivatorUtilities.CreateInstance<SubmitTask>(app.Services).RunAsync(
                new SubmitOrder(ticket, GivenUpTask: null), client, Token)).Outcome;
        Assert.IsType<SubmitOutcome.Accepted>(result);
        Assert.Equal(2, claims.Count);
        Assert.Equal(TimeSpan.FromSeconds(60), claims[1].At - claims[0].At);
        Assert.Equal(1, app.Upstream.Counters.PostsByPrompt[prompt]);
        await app.Client.TerminateInstanceAsync(ticket.JobId, cancellation: Token);
    }

    [Fact]
    public async Task Submit_AfterDeleteWasAnswered_PostsNothing()
    {
        var (ticket, request, prompt) = NewJob();
        await app.Services.GetRequiredService<JobStarter>().TryStartAsync(app.Client, ticket, request, Token);
        var (_, answer) = await app.CancelAndReadAsync(ticket.JobId);
        Assert.Contains("nothing was paid", Reason(answer), StringComparison.Ordinal);
        // The orchestration has not received the cancel yet.
        Assert.IsType<SubmitOutcome.GivenUp>(await SubmitAsync(ticket));
        Assert.Equal(0, app.PostsOf(prompt));
        await app.Hub.RunUntilEndAsync(ticket.JobId);

        // The cancel applies to that attempt only.
        Assert.Equal(202, await app.ResubmitAsync(ticket.JobId));
        Assert.Equal(JobStatus.Succeeded, (await app.EndOfAsync(ticket.JobId)).Status);
        Assert.Equal(1, app.PostsOf(prompt));
    }

    [Fact]
    public async Task Delete_SubmitHasBegun_AnswersThatItMayHaveBeenAccepted()
    {
        var (ticket, request, prompt) = NewJob();
        app.Upstream.Scenarios.Assign("never-ends", prompt);
        await app.Services.GetRequiredService<JobStarter>().TryStartAsync(app.Client, ticket, request, Token);
        JsonNode? answer = null;
        // The cancel comes right after the check found that the job is still wanted.
        var client = new SlowClient(app, afterLook: async () => answer = (await app.CancelAndReadAsync(ticket.JobId)).Body);
        var result = (
            await ActivatorUtilities.CreateInstance<SubmitTask>(app.Services).RunAsync(
                new SubmitOrder(ticket, GivenUpTask: null), client, Token)).Outcome;
        Assert.IsType<SubmitOutcome.Accepted>(result);
        Assert.Contains("it may have been accepted", Reason(answer), StringComparison.Ordinal);
        await app.Client.TerminateInstanceAsync(ticket.JobId, cancellation: Token);
    }

    [Fact]
    public async Task Submit_OtherRequestWithTheSameId_PostsNothing()
    {
        var (ticket, request, prompt) = NewJob();
        await app.Services.GetRequiredService<JobStarter>().TryStartAsync(app.Client, ticket, request, Token);
        app.Upstream.Scenarios.Assign("never-ends", prompt);
        await app.UntilAsync(ticket.JobId, JobStatus.Generating);
        var (other, _, otherPrompt) = NewJob();
        Assert.IsType<SubmitOutcome.NotMine>(await SubmitAsync(other with { JobId = ticket.JobId }));
        Assert.Equal((1, 0), (app.PostsOf(prompt), app.PostsOf(otherPrompt)));
        await app.Client.TerminateInstanceAsync(ticket.JobId, cancellation: Token);
    }

    [Theory]
    [InlineData(OrchestrationRuntimeStatus.Failed, 0)]
    [InlineData(OrchestrationRuntimeStatus.Terminated, 0)]
    [InlineData(OrchestrationRuntimeStatus.Running, 1)]
    public async Task Submit_ItemOfABatch_PostsOnlyIfTheBatchRuns(OrchestrationRuntimeStatus batch, int posts)
    {
        var (ticket, request, prompt) = NewJob();
        ticket = ticket with { Batch = "some-batch" };
        app.Upstream.Scenarios.Assign("never-ends", prompt);
        await app.Services.GetRequiredService<JobStarter>().TryStartAsync(app.Client, ticket, request, Token);
        var result = (
            await ActivatorUtilities.CreateInstance<SubmitTask>(app.Services).RunAsync(
                new SubmitOrder(ticket, GivenUpTask: null), new ClientOfABatch(app, batch), Token)).Outcome;
        Assert.IsType(posts == 1 ? typeof(SubmitOutcome.Accepted) : typeof(SubmitOutcome.GivenUp), result);
        Assert.Equal(posts, app.PostsOf(prompt));
        await app.Client.TerminateInstanceAsync(ticket.JobId, cancellation: Token);
    }

    [Fact]
    public async Task InspectGate_SuspendedInstance_IsFoundButFindEndedIgnoresIt()
    {
        var (ticket, request, prompt) = NewJob();
        app.Upstream.Scenarios.Assign("never-ends", prompt);
        await app.Services.GetRequiredService<JobStarter>().TryStartAsync(app.Client, ticket, request, Token);
        await app.Client.SuspendInstanceAsync(ticket.JobId, "a while", Token);
        await app.Hub.SettleAsync();
        var seen = await ActivatorUtilities.CreateInstance<GateActivities>(app.Services).InspectGate(
            [ticket.JobId, "nobody", UpstreamGate.InstanceId], app.Client, Token);
        Assert.Equal(["nobody"], seen.Ended);
        Assert.Equal([ticket.JobId], seen.Suspended);
        Assert.Equal(16, seen.Slots);
        Assert.Equal(["nobody"], await EndedInstances.FindEnded([ticket.JobId, "nobody", UpstreamGate.InstanceId], app.Client, Token));
        await app.Client.TerminateInstanceAsync(ticket.JobId, cancellation: Token);
    }

    [Fact]
    public async Task InspectGate_SubmittedTask_IsFound()
    {
        var (ticket, request, prompt) = NewJob();
        app.Upstream.Scenarios.Assign("never-ends", prompt);
        await app.Services.GetRequiredService<JobStarter>().TryStartAsync(app.Client, ticket, request, Token);
        var gate = ActivatorUtilities.CreateInstance<GateActivities>(app.Services);
        string[] instances = [ticket.JobId, "nobody", UpstreamGate.InstanceId];
        Assert.Empty((await gate.InspectGate(instances, app.Client, Token)).Submitted);

        await app.UntilAsync(ticket.JobId, JobStatus.Generating);

        Assert.Equal([ticket.JobId], (await gate.InspectGate(instances, app.Client, Token)).Submitted);
        await app.Client.TerminateInstanceAsync(ticket.JobId, cancellation: Token);
    }

    private static string Reason(JsonNode? answer) => answer!["waiting"]!["reason"]!.GetValue<string>();

    private sealed class SlowClient(AppOnTaskHub app, Func<Task>? beforeLook = null, Func<Task>? afterLook = null) : HubClient(app.Hub)
    {
        public override async Task<OrchestrationMetadata?> GetInstancesAsync(
            string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default)
        {
            await (beforeLook?.Invoke() ?? Task.CompletedTask);
            var seen = await base.GetInstancesAsync(instanceId, getInputsAndOutputs, cancellation);
            await (afterLook?.Invoke() ?? Task.CompletedTask);
            return seen;
        }
    }

    private sealed class ClientOfABatch(AppOnTaskHub app, OrchestrationRuntimeStatus status) : HubClient(app.Hub)
    {
        public override async Task<OrchestrationMetadata?> GetInstancesAsync(
            string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default) =>
            instanceId == "some-batch"
                ? new OrchestrationMetadata("GenerateBatch", instanceId) { RuntimeStatus = status }
                : await base.GetInstancesAsync(instanceId, getInputsAndOutputs, cancellation);
    }

    private (JobTicket Ticket, JobRequest Request, string Prompt) NewJob()
    {
        var prompt = $"late {Guid.NewGuid()}";
        var (ticket, request) = app.NewPicture(prompt);
        return (ticket, request, prompt);
    }

    private async Task<SubmitOutcome> SubmitAsync(JobTicket ticket) =>
        (
            await ActivatorUtilities.CreateInstance<SubmitTask>(app.Services).RunAsync(
                new SubmitOrder(ticket, GivenUpTask: null), app.Client, Token)).Outcome;
}
