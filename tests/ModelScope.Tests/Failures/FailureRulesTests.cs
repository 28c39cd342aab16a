using Darkroom.ModelScope.Failures;
using Darkroom.TestKit;
using FsCheck.Fluent;

namespace Darkroom.ModelScope.Tests.Failures;

public sealed class FailureRulesTests
{
    [Theory]
    [InlineData(400, "Invalid parameter", FailureKind.InvalidRequest)]
    [InlineData(400, "error 40212", FailureKind.ModelUnavailable)]
    [InlineData(400, "error 402123", FailureKind.InvalidRequest)]
    [InlineData(400, "Model id : X , has no provider supported", FailureKind.ModelUnavailable)]
    [InlineData(400, "包含敏感词", FailureKind.ContentRejected)]
    [InlineData(400, "未通过审核", FailureKind.ContentRejected)]
    [InlineData(400, "内容违规", FailureKind.ContentRejected)]
    [InlineData(400, "Sensitive content", FailureKind.ContentRejected)]
    [InlineData(400, "rejected by moderation", FailureKind.ContentRejected)]
    [InlineData(400, "model ids are case-sensitive", FailureKind.InvalidRequest)]
    [InlineData(401, "please bind your alibaba cloud account before use", FailureKind.Unauthorized)]
    [InlineData(402, "", FailureKind.CreditsExhausted)]
    [InlineData(403, "", FailureKind.Unauthorized)]
    [InlineData(429, "", FailureKind.Throttled)]
    [InlineData(429, "quota per minute exceeded", FailureKind.Throttled)]
    [InlineData(429, "You have exceeded today's quota", FailureKind.QuotaExceeded)]
    [InlineData(429, "try again tomorrow", FailureKind.QuotaExceeded)]
    [InlineData(429, "insufficient balance (1008)", FailureKind.ModelUnavailable)]
    [InlineData(429, "limit 10080 reached", FailureKind.Throttled)]
    public void Classify_ClearRefusal_IsTheSameForEveryCall(int status, string words, FailureKind kind)
    {
        Assert.Equal(kind, FailureRules.Classify(Call.Submit, status, Said(words)));
        Assert.Equal(kind, FailureRules.Classify(Call.Read, status, Said(words)));
    }

    [Theory]
    [InlineData(200, true, FailureKind.AmbiguousSubmit)]
    [InlineData(204, true, FailureKind.AmbiguousSubmit)]
    [InlineData(301, true, FailureKind.InvalidRequest)]
    [InlineData(404, true, FailureKind.InvalidRequest)]
    [InlineData(405, false, FailureKind.InvalidRequest)]
    [InlineData(408, true, FailureKind.AmbiguousSubmit)]
    [InlineData(409, true, FailureKind.InvalidRequest)]
    [InlineData(415, true, FailureKind.InvalidRequest)]
    [InlineData(422, true, FailureKind.InvalidRequest)]
    [InlineData(500, true, FailureKind.Unavailable)]
    [InlineData(500, false, FailureKind.AmbiguousSubmit)]
    [InlineData(501, true, FailureKind.Unavailable)]
    [InlineData(502, true, FailureKind.AmbiguousSubmit)]
    [InlineData(502, false, FailureKind.AmbiguousSubmit)]
    [InlineData(503, true, FailureKind.Unavailable)]
    [InlineData(503, false, FailureKind.AmbiguousSubmit)]
    [InlineData(504, true, FailureKind.AmbiguousSubmit)]
    [InlineData(529, true, FailureKind.Unavailable)]
    public void Classify_Submit_IsRefusedOnlyByModelScopeItself(int status, bool envelope, FailureKind kind) =>
        Assert.Equal(kind, FailureRules.Classify(Call.Submit, status, new UpstreamReason(Code: null, "x", IsEnvelope: envelope)));

    [Fact]
    public void Classify_Read_IsNeverAmbiguous() =>
        Properties.ForAll(
            from status in Gen.Choose(100, 599)
            from envelope in Gen.Elements(true, false)
            select (status, envelope),
            answer =>
                FailureRules.Classify(
                    Call.Read,
                    answer.status,
                    new UpstreamReason(Code: null, "x", IsEnvelope: answer.envelope)) != FailureKind.AmbiguousSubmit);

    [Fact]
    public void Classify_RetryableSubmit_WasRefusedByModelScopeItself() =>
        Properties.ForAll(
            from status in Gen.Choose(100, 599)
            from envelope in Gen.Elements(true, false)
            from words in Gen.Elements("", "x", "敏感", "today", "1008")
            select (Status: status, Reason: new UpstreamReason(Code: null, words, IsEnvelope: envelope)),
            answer =>
            {
                var kind = FailureRules.Classify(Call.Submit, answer.Status, answer.Reason);
                return !FailureRules.MayRetry(kind) || (answer.Status is 402 or 429)
                    || (answer.Status >= 500 && answer.Reason.IsEnvelope && answer.Status is not (502 or 504));
            });

    [Fact]
    public void ClassifyNoAnswer_SubmitWithSentBody_IsAmbiguous()
    {
        Assert.Equal(FailureKind.AmbiguousSubmit, FailureRules.ClassifyNoAnswer(Call.Submit, bodyLeft: true));
        Assert.Equal(FailureKind.Unavailable, FailureRules.ClassifyNoAnswer(Call.Submit, bodyLeft: false));
        Assert.Equal(FailureKind.Unavailable, FailureRules.ClassifyNoAnswer(Call.Read, bodyLeft: true));
    }

    [Fact]
    public void MayRetry_PossiblyAccepted_IsFalse() => Assert.False(FailureRules.MayRetry(FailureKind.AmbiguousSubmit));

    [Theory]
    [InlineData("2026-11-21T00:00:00Z", "2026-11-21T16:00:00Z")]
    [InlineData("2026-11-21T15:59:59Z", "2026-11-21T16:00:00Z")]
    [InlineData("2026-11-21T16:00:00Z", "2026-11-22T16:00:00Z")]
    [InlineData("2026-12-31T23:00:00-05:00", "2027-01-01T16:00:00Z")]
    public void NextStart_AnyTime_IsTheNextMidnightInChina(string now, string next) =>
        Assert.Equal(DateTimeOffset.Parse(next), ChinaDay.NextStart(DateTimeOffset.Parse(now)));

    private static UpstreamReason Said(string words) => new(Code: null, words, IsEnvelope: true);
}
