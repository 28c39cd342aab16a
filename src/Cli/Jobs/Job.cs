using System.Text.Json;
using Darkroom.Cli.Server;

namespace Darkroom.Cli.Jobs;

/// <summary>The part of a job that this command shows. Unknown fields are ignored, and missing fields are empty.</summary>
internal sealed record Job
{
    public required string Id { get; init; }

    public required string Status { get; init; }

    /// <summary>The current step, which is more exact than the status.</summary>
    public string? Stage { get; init; }

    public bool CancelRequested { get; init; }

    public int Attempt { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public JobRequest Request { get => field ?? new(); init; }

    public JobProgress Progress { get => field ?? new(); init; }

    public JobWaiting? Waiting { get; init; }

    public IReadOnlyList<JobUpstream> Upstream { get => field ?? []; init; }

    public IReadOnlyList<JobImage> Images { get => field ?? []; init; }

    public Problem? Error { get; init; }

    public IReadOnlyList<string> Warnings { get => field ?? []; init; }

    /// <summary>What the job costs; null if the server does not say.</summary>
    public Credits? Credits { get; init; }

    public JobTimings Timings { get => field ?? new(); init; }

    public string? ReusedFrom { get; init; }

    /// <summary>Whether the job has reached a final status.</summary>
    public bool IsOver => Status is "succeeded" or "partiallySucceeded" or "failed" or "expired" or "canceled" or "submissionUnknown";

    /// <summary>Whether the job produced all requested pictures.</summary>
    public bool IsSuccess => Status == "succeeded";
}

internal sealed record JobRequest
{
    public string Prompt { get => field ?? ""; init; }

    public string? Model { get; init; }

    public string? Name { get; init; }
}

internal sealed record JobProgress
{
    public int? QueuePosition { get; init; }

    public int? EtaSeconds { get; init; }

    public int Percent { get; init; }
}

internal sealed record JobWaiting(string Reason, DateTimeOffset? ResumeAt = null);

internal sealed record JobUpstream(string TaskId, long? Seed = null);

internal sealed record JobImage(int Index, string ContentType, int Width, int Height, long Bytes, string Sha256)
{
    public IReadOnlyList<string> Warnings { get => field ?? []; init; }
}

internal sealed record JobTimings
{
    public long TotalMs { get; init; }
}

/// <summary>A page of jobs. The items stay JSON, so that <c>--json</c> prints all fields of the server.</summary>
internal sealed record JobPage(IReadOnlyList<JsonElement> Items, string? ContinuationToken = null);
