using Microsoft.AspNetCore.Http;
using Microsoft.DurableTask.Client;

namespace Darkroom.Api.Images;

/// <summary>
/// Waits for the end of a job as long as the header <c>Prefer: wait=N</c> asks. A server may ignore a preference: when too many callers
/// wait,
/// the response comes at once, without <c>Preference-Applied</c>.
/// </summary>
public sealed class PreferredWait(JobWatch watch, WaitingCallers callers)
{
    /// <summary>Waits; false when the caller does not wait.</summary>
    /// <param name="client">The durable client.</param>
    /// <param name="request">The request with the preference.</param>
    /// <param name="jobId">The job.</param>
    /// <param name="leastSeconds">How long to wait even without a preference.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public async Task<bool> WaitAsync(
        DurableTaskClient client, HttpRequest request, string jobId, int leastSeconds, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(request);
        var seconds = leastSeconds;
        var preferred = WaitPreference.OfPreference(request);
        using var place = preferred > 0 ? callers.TryOpen() : null;
        if (preferred is { } asked && (asked == 0 || place is not null))
        {
            request.HttpContext.Response.Headers["Preference-Applied"] = $"wait={asked}";
            seconds = Math.Max(seconds, asked);
        }

        if (seconds == 0)
            return false;
        await watch.UntilEndAsync(client, jobId, seconds, cancellation);
        return true;
    }
}
