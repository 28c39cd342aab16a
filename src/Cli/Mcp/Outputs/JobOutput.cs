using System.ComponentModel;
using Darkroom.Cli.Jobs;

namespace Darkroom.Cli.Mcp.Outputs;

/// <summary>A job as the tools return it.</summary>
internal sealed record JobOutput
{
    [Description("The id of the job.")]
    public required string Id { get; init; }

    [Description(
        "queued, submitting, generating, saving or waitingForCredits while it runs; then succeeded, partiallySucceeded, failed, expired, "
            + "canceled or submissionUnknown.")]
    public required string Status { get; init; }

    [Description("The current step, which is more exact than the status.")]
    public string? Stage { get; init; }

    [Description("Whether the job has ended.")]
    public required bool IsFinished { get; init; }

    public required string Prompt { get; init; }

    public string? Model { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    [Description("The place in the queue; 1 is next.")]
    public int? QueuePosition { get; init; }

    public required int Percent { get; init; }

    [Description("The expected time until the end, in seconds.")]
    public int? EtaSeconds { get; init; }

    [Description("Why the job waits, and until when.")]
    public string? WaitingFor { get; init; }

    public required IReadOnlyList<PictureOutput> Images { get; init; }

    [Description("The seeds of the pictures, to make them again.")]
    public required IReadOnlyList<long> Seeds { get; init; }

    public required IReadOnlyList<string> Warnings { get; init; }

    public JobErrorOutput? Error { get; init; }

    [Description("The cost, as a range: ModelScope does not tell the exact price.")]
    public Credits? Credits { get; init; }

    [Description("The earlier job whose pictures were reused without paying.")]
    public string? ReusedFrom { get; init; }

    public static JobOutput Of(Job job, PictureLinks links) => new()
    {
        Id = job.Id,
        Status = job.Status,
        Stage = job.Stage,
        IsFinished = job.IsOver,
        Prompt = job.Request.Prompt,
        Model = job.Request.Model,
        CreatedAt = job.CreatedAt,
        QueuePosition = job.Progress.QueuePosition,
        Percent = job.Progress.Percent,
        EtaSeconds = job.IsOver ? null : job.Progress.EtaSeconds,
        WaitingFor = job.Waiting is null || job.IsOver ? null : JobText.Doing(job),
        Images = [.. job.Images.Select(image => PictureOutput.Of(image, links.Picture(job.Id, image.Index)))],
        Seeds = [.. job.Upstream.Select(task => task.Seed).OfType<long>()],
        Warnings = job.Warnings,
        Error = job.Error is { } error ? JobErrorOutput.Of(error) : null,
        Credits = job.Credits,
        ReusedFrom = job.ReusedFrom,
    };
}
