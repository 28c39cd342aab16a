using Darkroom.Requests;
using Darkroom.Settings;
using Darkroom.Telemetry;

namespace Darkroom.Jobs;

/// <summary>Creates the tickets of new jobs.</summary>
public sealed class JobTickets(DarkroomSettings settings, TimeProvider time)
{
    public JobTicket For(string jobId, JobRequest request, string? caller, string? batch = null)
    {
        ArgumentNullException.ThrowIfNull(request);
        var text = CanonicalRequest.Write(request);
        var now = time.GetUtcNow().UtcDateTime;
        return new JobTicket
        {
            JobId = jobId,
            Request = MaskedRequest.Of(text),
            RequestHash = CanonicalRequest.Hash(text),
            IsStored = RequestStore.MustStore(text),
            CreatedAt = now,
            ExpiresAt = now.AddSeconds(request.ExpiresInSeconds),
            DeadlineSeconds = request.DeadlineSeconds ?? settings.DeadlineSeconds,
            Tasks = request.Count,
            Lane = request.Priority,
            Batch = batch,
            Caller = caller,
            Tags = request.Tags,
            Warnings = request.Warnings,
            FailsWithoutCredits = request.FailsWithoutCredits,
            Trace = Trace.Begin(jobId),
        };
    }
}
