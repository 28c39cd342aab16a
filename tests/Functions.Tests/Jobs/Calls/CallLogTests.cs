using Azure.Storage.Blobs;
using Darkroom.Jobs;
using Darkroom.Jobs.Calls;
using Darkroom.Requests;
using Darkroom.Storage;
using Darkroom.TestKit;

namespace Darkroom.Functions.Tests.Jobs.Calls;

/// <summary>The stored call log, with two workers on the same storage.</summary>
public sealed class CallLogTests : IAsyncLifetime
{
    private Containers _containers = null!;
    private CallLog _log = null!;
    private CallLog _otherWorker = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _containers = new Containers(new BlobServiceClient((await Azurite.SharedAsync()).ConnectionString));
        await _containers.CreateAsync(Cancellation);
        (_log, _otherWorker) = (new CallLog(_containers, TimeProvider.System), new CallLog(_containers, TimeProvider.System));
    }

    [Fact]
    public async Task BeginAsync_ManyAtOnce_AreCallsOfTheirOwn()
    {
        var body = NewBody();
        var begun = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => BeginAsync(_log, body, RetryMark.Unmarked)));
        Assert.Equal(12, begun.Select(call => call.Try.JobId).Distinct().Count());
        Assert.All(begun, call => Assert.False(call.IsRepeat));
    }

    [Fact]
    public async Task BeginAsync_RetryOnAnotherWorker_GetsTheJob()
    {
        var body = NewBody();
        var first = await BeginAsync(_log, body, RetryMark.First);
        var retry = await BeginAsync(_otherWorker, body, RetryMark.Retry);
        Assert.Equal((first.Try.JobId, true), (retry.Try.JobId, retry.IsRepeat));
        await _log.EndAsync(first, TryState.Unanswered, Cancellation);
        Assert.False((await BeginAsync(_otherWorker, body, RetryMark.First)).IsRepeat);
    }

    [Fact]
    public async Task BeginAsync_AfterAnUnansweredTry_GetsTheJob_AfterAnAnswerANewOne()
    {
        var body = NewBody();
        var first = await BeginAsync(_log, body, RetryMark.First);
        await _log.EndAsync(first, TryState.Unanswered, Cancellation);
        var again = await BeginAsync(_log, body, RetryMark.First);
        Assert.Equal(first.Try.JobId, again.Try.JobId);
        await _log.EndAsync(again, TryState.Answered, Cancellation);
        Assert.False((await BeginAsync(_log, body, RetryMark.Unmarked)).IsRepeat);
    }

    [Fact]
    public async Task EndAsync_OfATryThatARetryOvertook_LeavesTheCallOpen()
    {
        var body = NewBody();
        var first = await BeginAsync(_log, body, RetryMark.First);
        await BeginAsync(_log, body, RetryMark.Retry);
        await _log.EndAsync(first, TryState.Unanswered, Cancellation);
        Assert.False((await BeginAsync(_log, body, RetryMark.Unmarked)).IsRepeat);
    }

    [Fact]
    public async Task BeginAsync_OfAnotherCallerOrBody_IsACallOfItsOwn()
    {
        var body = NewBody();
        await _log.EndAsync(await BeginAsync(_log, body, RetryMark.First), TryState.Unanswered, Cancellation);
        Assert.False((await BeginAsync(_log, NewBody(), RetryMark.Retry)).IsRepeat);
        Assert.False((await BeginAsync(_log, body, RetryMark.Retry, caller: "anna")).IsRepeat);
    }

    [Fact]
    public async Task DeleteCallsAsync_DeletesOnlyWhatIsOld()
    {
        var ticket = SampleJob.Ticket with { JobId = JobIds.New(), RequestHash = NewBody() };
        await _log.BeginAsync(ticket, RetryMark.First, Cancellation);
        var blob = _containers.Jobs.GetBlobClient(CallLog.NameOf(ticket.Caller, ticket.RequestHash));
        var requests = new RequestStore(_containers);
        await requests.DeleteCallsAsync(ticket, DateTime.UtcNow.AddDays(-1), Cancellation);
        Assert.True(await blob.ExistsAsync(Cancellation));
        await requests.DeleteCallsAsync(ticket, DateTime.UtcNow.AddDays(1), Cancellation);
        Assert.False(await blob.ExistsAsync(Cancellation));
    }

    public ValueTask DisposeAsync()
    {
        _log.Dispose();
        _otherWorker.Dispose();
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    private static string NewBody() => Guid.NewGuid().ToString("N");

    private static Task<CallTicket> BeginAsync(CallLog log, string body, RetryMark mark, string? caller = null) =>
        log.BeginAsync(SampleJob.Ticket with { JobId = JobIds.New(), RequestHash = body, Caller = caller }, mark, Cancellation);
}
