namespace Darkroom.ModelScope.Failures;

/// <summary>Creates the exception for a kind of failure.</summary>
internal static class FailureFactory
{
    public static ModelScopeException From(Call call, FailureKind kind, FailureDetails details, DateTimeOffset now) => kind switch
    {
        FailureKind.InvalidRequest => new InvalidRequestException(details),
        FailureKind.ModelUnavailable => new ModelUnavailableException(details),
        FailureKind.ContentRejected => new ContentRejectedException(details),
        FailureKind.Unauthorized => new UnauthorizedException(details),
        FailureKind.Throttled => new ThrottledException(details),
        FailureKind.QuotaExceeded =>
            new QuotaExceededException(details.RetryAfter is { } wait ? now + wait : ChinaDay.NextStart(now), details),
        FailureKind.CreditsExhausted => new CreditsExhaustedException(details),
        FailureKind.AmbiguousSubmit => new AmbiguousSubmitException($"{Describe(details)}.", details),
        _ => new UpstreamUnavailableException(
            call == Call.Submit
                ? $"ModelScope did not accept the task: {Describe(details)}."
                : $"The call to ModelScope failed: {Describe(details)}.", details),
    };

    private static string Describe(FailureDetails details) => details.StatusCode switch
    {
        null => "there was no answer",
        >= 200 and < 300 => "the answer could not be read",
        var status => $"it answered with HTTP {status}",
    };
}
