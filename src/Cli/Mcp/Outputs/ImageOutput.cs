using System.ComponentModel;

namespace Darkroom.Cli.Mcp.Outputs;

/// <summary>The result of <c>generate_image</c> and <c>get_image</c>.</summary>
internal sealed record ImageOutput
{
    [Description("What happened, and what to do next.")]
    public required string Message { get; init; }

    public required JobOutput Job { get; init; }

    [Description("The key of the call: the same call with it finds this job and pays nothing.")]
    public string? IdempotencyKey { get; init; }
}

/// <summary>The result of <c>list_images</c>.</summary>
internal sealed record ImageListOutput(
    [property: Description("The jobs, the newest first.")] IReadOnlyList<JobOutput> Jobs,
    [property: Description("Present if there are more jobs: the argument for the next call.")] string? ContinuationToken);
