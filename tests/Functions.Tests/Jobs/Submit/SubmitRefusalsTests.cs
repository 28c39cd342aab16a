using Darkroom.Gate;
using Darkroom.Jobs;
using Darkroom.Jobs.Submit;
using Darkroom.ModelScope.Failures;

namespace Darkroom.Functions.Tests.Jobs.Submit;

public sealed class SubmitRefusalsTests
{
    private const int CreditsCheckSeconds = 300;

    private static readonly DateTimeOffset Now = new(2026, 11, 21, 8, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(10, 10)]
    [InlineData(0, null)]
    [InlineData(null, null)]
    public void Of_Throttled_IsACoolDownUntilTheRetryAfter(int? retryAfter, int? pause)
    {
        var coolDown = Assert.IsType<SubmitOutcome.CoolDown>(Of(new ThrottledException(Details(retryAfter))));
        Assert.Equal(CoolDownReason.Throttled, coolDown.Reason);
        Assert.Equal(pause is { } seconds ? Now.AddSeconds(seconds).UtcDateTime : null, coolDown.Until);
    }

    [Fact]
    public void Of_QuotaExceeded_IsACoolDownUntilTheQuotaIsRenewed()
    {
        var coolDown = Assert.IsType<SubmitOutcome.CoolDown>(Of(new QuotaExceededException(Now.AddHours(8), Details(retryAfter: 10))));
        Assert.Equal((CoolDownReason.Quota, Now.AddHours(8).UtcDateTime), (coolDown.Reason, coolDown.Until!.Value));
    }

    [Fact]
    public void Of_CreditsExhausted_IsACoolDownUntilTheNextCreditsCheck()
    {
        var coolDown = Assert.IsType<SubmitOutcome.CoolDown>(Of(new CreditsExhaustedException(Details(retryAfter: null))));
        Assert.Equal((CoolDownReason.Credits, Now.AddSeconds(CreditsCheckSeconds).UtcDateTime), (coolDown.Reason, coolDown.Until!.Value));
    }

    [Theory]
    [InlineData(null, false)]
    [InlineData(30, false)]
    [InlineData(31, true)]
    public void Of_Unavailable_KeepsTheSlotUnlessThePauseIsLong(int? retryAfter, bool isCoolDown)
    {
        var outcome = Of(new UpstreamUnavailableException("It is down.", Details(retryAfter)));
        Assert.IsType(isCoolDown ? typeof(SubmitOutcome.CoolDown) : typeof(SubmitOutcome.Unavailable), outcome);
    }

    [Fact]
    public void Of_NoCreditsAtTheProvider_IsRefusedAndPausesNobody()
    {
        foreach (var failure in new ModelScopeException[] {
            new CreditsExhaustedException(Details(10)), new QuotaExceededException(Now.AddHours(8), Details(10)) })
        {
            var refused = Assert.IsType<SubmitOutcome.Refused>(Of(failure, IsBilledByProvider));
            Assert.Equal("credits-exhausted", refused.Error.Name);
            Assert.Contains("provider", refused.Error.Detail, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Of_ThrottledByTheProvider_IsACoolDown() =>
        Assert.IsType<SubmitOutcome.CoolDown>(Of(new ThrottledException(Details(10)), IsBilledByProvider));

    [Fact]
    public void Of_OtherFailure_IsRefusedWithItsError()
    {
        var refused = Assert.IsType<SubmitOutcome.Refused>(Of(new ContentRejectedException(Details(retryAfter: null))));
        Assert.Equal("content-rejected", refused.Error.Name);
    }

    private static JobTicket IsBilledByProvider => SampleJob.Ticket with { IsBilledByProvider = true };

    private static SubmitOutcome Of(ModelScopeException failure, JobTicket? ticket = null) =>
        SubmitRefusals.Of(failure, ticket ?? SampleJob.Ticket, Now, CreditsCheckSeconds);

    private static FailureDetails Details(int? retryAfter) =>
        new() { StatusCode = 429, RetryAfter = retryAfter is { } seconds ? TimeSpan.FromSeconds(seconds) : null };
}
