using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace Darkroom.Cli.Mcp.Tools;

/// <summary>The arguments of <c>list_images</c>.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record ListImagesInput
{
    [Description(
        "Only jobs in this state: queued, submitting, generating, saving, waitingForCredits, succeeded, partiallySucceeded, failed, "
            + "expired, canceled or submissionUnknown.")]
    public string? Status { get; init; }

    [Description("Only jobs with this tag.")]
    public string? Tag { get; init; }

    [Description("Only jobs of the batch with this id.")]
    public string? Batch { get; init; }

    [Description("Only jobs created at or after this time, such as 2026-11-21T09:30:00Z.")]
    public string? From { get; init; }

    [Description("Only jobs created before this time.")]
    public string? To { get; init; }

    [Description("The maximum number of jobs. Default: 20.")]
    [Range(1, 100)]
    public int? Top { get; init; }

    [Description("The continuationToken of the previous answer, to list what comes after it.")]
    public string? ContinuationToken { get; init; }
}
