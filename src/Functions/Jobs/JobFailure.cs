using Darkroom.Requests;

namespace Darkroom.Jobs;

/// <summary>Why a job did not succeed, in the form of an HTTP problem.</summary>
public sealed record JobFailure(
    string Type,
    string Title,
    string Detail,
    string? UpstreamMessage,
    string? UpstreamCode,
    string? RequestId,
    bool Retryable,
    int? RetryAfterSeconds)
{
    internal JobFailure(JobError error)
        : this(
            ErrorTypes.Of(error.Name),
            error.Title,
            error.Detail,
            error.UpstreamMessage,
            error.UpstreamCode,
            error.RequestId,
            error.Retryable,
            error.RetryAfterSeconds)
    {
    }
}
