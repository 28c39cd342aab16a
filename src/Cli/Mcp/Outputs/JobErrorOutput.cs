using System.ComponentModel;
using Darkroom.Cli.Server;

namespace Darkroom.Cli.Mcp.Outputs;

/// <summary>Why a job did not succeed.</summary>
internal sealed record JobErrorOutput
{
    [Description("The kind, such as content-rejected.")]
    public string? Kind { get; init; }

    public required string Detail { get; init; }

    [Description("The words of ModelScope.")]
    public string? UpstreamMessage { get; init; }

    [Description("Whether another try can succeed without a change.")]
    public required bool Retryable { get; init; }

    public int? RetryAfterSeconds { get; init; }

    public static JobErrorOutput Of(Problem problem) => new()
    {
        Kind = problem.Type?.Split('#')[^1],
        Detail = string.Join(' ', problem.Sentences()),
        UpstreamMessage = problem.UpstreamMessage,
        Retryable = problem.Retryable,
        RetryAfterSeconds = problem.RetryAfterSeconds,
    };
}
