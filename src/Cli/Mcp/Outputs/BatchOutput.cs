using System.ComponentModel;
using Darkroom.Cli.Batches;

namespace Darkroom.Cli.Mcp.Outputs;

/// <summary>The result of <c>generate_batch</c>.</summary>
internal sealed record BatchOutput
{
    [Description("What happened, and what to do next.")]
    public required string Message { get; init; }

    [Description("The id of the batch; absent with validate_only.")]
    public string? Id { get; init; }

    public required bool IsFinished { get; init; }

    [Description("The number of requests in each state. They add up to total.")]
    public BatchCounts? Counts { get; init; }

    [Description("How many of the failed requests have an unknown outcome and may have been paid for.")]
    public int? Unknown { get; init; }

    [Description("The number of invalid requests that were skipped.")]
    public int? Skipped { get; init; }

    [Description("The expected time until the end, in seconds.")]
    public int? EtaSeconds { get; init; }

    [Description("The key of the call: the same call with it finds this batch and pays nothing.")]
    public string? IdempotencyKey { get; init; }

    [Description("With validate_only: the number of valid requests.")]
    public int? Valid { get; init; }

    [Description("With validate_only: what is wrong. A line is the number of a request, from 1.")]
    public IReadOnlyList<InvalidLine>? Invalid { get; init; }

    [Description("With validate_only: the expected cost, as a range.")]
    public Credits? Credits { get; init; }

    public static BatchOutput Of(AcceptedBatch accepted, BatchState? batch, string key) => new()
    {
        Message = batch is { IsFinished: true }
            ? $"{BatchText.Result(batch)} {Pictures(accepted.Id)}"
            : $"The batch {accepted.Id} is not finished{(batch is null ? "" : $": {BatchText.Progress(batch)}")}. It continues without "
                + $"this call. To wait for it, call generate_batch again with the same arguments and idempotency_key \"{key}\". "
                + Pictures(accepted.Id),
        Id = accepted.Id,
        IsFinished = batch is { IsFinished: true },
        Counts = batch?.Counts,
        Unknown = batch?.Unknown,
        Skipped = accepted.Skipped,
        EtaSeconds = batch?.EtaSeconds,
        IdempotencyKey = key,
    };

    public static BatchOutput Of(BatchCheck check) => new()
    {
        Message = string.Join('\n', BatchText.Check(check)),
        IsFinished = false,
        Valid = check.Total,
        Invalid = check.Invalid,
        Credits = check.Credits,
        EtaSeconds = check.EtaSeconds,
    };

    private static string Pictures(string id) => $"To see its pictures and failures, call list_images with batch \"{id}\".";
}
