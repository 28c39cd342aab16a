using Darkroom.Jobs;
using Darkroom.Jobs.Calls;
using Darkroom.Jobs.Poll;
using Microsoft.AspNetCore.Http;

namespace Darkroom.Api.OpenAi;

/// <summary>What a client of the OpenAI API gets for a job. It follows from the job alone.</summary>
internal abstract record ImageOutcome
{
    private ImageOutcome()
    {
    }

    /// <summary>The pictures of the job. If some of its tasks failed, these are the pictures of the others.</summary>
    public sealed record Pictures(IReadOnlyList<SavedPicture> Saved) : ImageOutcome;

    /// <summary>The job has ended without a picture, or has not ended in time.</summary>
    /// <param name="Error">The error.</param>
    /// <param name="Ends">What the error means for the call: whether a later request may get another job.</param>
    public sealed record Failed(OpenAiError Error, TryState Ends) : ImageOutcome;

    public static ImageOutcome Of(JobRecord job)
    {
        ArgumentNullException.ThrowIfNull(job);
        var (state, id) = (job.State, job.Ticket.JobId);
        if (!state.Status.IsTerminal())
            return new Failed(StillRunning(job), TryState.Unanswered);
        if (state.Pictures.Count > 0)
            return new Pictures([.. state.Pictures.OrderBy(picture => picture.Index)]);

        var error = state.Error ?? ErrorOfTasks(state) ?? JobErrors.Internal("The job ended without a picture and without a reason.");
        var message = $"{error.Title}: {error.Detail} (job {id})";
        return error.Name switch
        {
            "invalid-request" => Own(new(StatusCodes.Status400BadRequest, OpenAiError.InvalidRequest, message) { Code = "invalid_request" }),
            "content-rejected" =>
                Own(new(StatusCodes.Status400BadRequest, OpenAiError.InvalidRequest, message) { Code = "content_policy_violation" }),
            "unauthorized" =>
                Own(new(StatusCodes.Status401Unauthorized, "authentication_error", message) { Code = "invalid_api_key" }),
            "model-unavailable" => Own(new(StatusCodes.Status404NotFound, OpenAiError.InvalidRequest, message)
            {
                Code = "model_not_found",
                Param = "model",
            }),
            "credits-exhausted" =>
                Own(new(StatusCodes.Status429TooManyRequests, "insufficient_quota", message) { Code = "insufficient_quota" }),
            "canceled" => Told(StatusCodes.Status409Conflict, error, id),
            "deadline-exceeded" => Told(StatusCodes.Status504GatewayTimeout, error, id),
            "internal" => Told(StatusCodes.Status500InternalServerError, error, id),
            _ => Told(StatusCodes.Status502BadGateway, error, id),
        };
    }

    // No task was accepted, or none was paid for, so a new request may get a new job. An immediate repeat would only fail again.
    private static Failed Own(OpenAiError error) => new(error with { IsFinal = true }, TryState.Answered);

    private static Failed Told(int status, JobError error, string id) => new(
        new OpenAiError(
            status,
            OpenAiError.Server,
            $"{error.Title}: {error.Detail} GET /api/images/{id} has the details of the job. A new request may be a second paid task.")
        {
            Code = error.Name.Replace('-', '_'),
            IsFinal = true,
        },
        TryState.Failed);

    private static OpenAiError StillRunning(JobRecord job)
    {
        var why = job.State.WaitingReason is { } reason ? $" {reason}" : "";
        return new OpenAiError(
            StatusCodes.Status504GatewayTimeout,
            OpenAiError.Server,
            $"The pictures are not ready yet.{why} The job {job.Ticket.JobId} goes on: GET /api/images/{job.Ticket.JobId}, or repeat the "
                + "same request within 15 minutes to get its pictures. Darkroom__OpenAiWaitSeconds sets how long a request waits.")
        {
            Code = "timeout",
            IsFinal = true,
        };
    }

    private static JobError? ErrorOfTasks(JobState state) => state.Tasks.FirstOrDefault(task => task.Error is not null)?.Error;
}
