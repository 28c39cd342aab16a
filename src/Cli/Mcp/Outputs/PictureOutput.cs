using System.ComponentModel;
using Darkroom.Cli.Jobs;

namespace Darkroom.Cli.Mcp.Outputs;

/// <summary>A picture of a job.</summary>
internal sealed record PictureOutput
{
    [Description("The number of the picture, from 0.")]
    public required int Index { get; init; }

    [Description("The address of the original. If the server requires a key, send it in the header x-functions-key.")]
    public required string Url { get; init; }

    public required string ContentType { get; init; }

    public required int Width { get; init; }

    public required int Height { get; init; }

    public required long Bytes { get; init; }

    public required string Sha256 { get; init; }

    [Description("How the picture differs from the request.")]
    public required IReadOnlyList<string> Warnings { get; init; }

    public static PictureOutput Of(JobImage image, string url) => new()
    {
        Index = image.Index,
        Url = url,
        ContentType = image.ContentType,
        Width = image.Width,
        Height = image.Height,
        Bytes = image.Bytes,
        Sha256 = image.Sha256,
        Warnings = image.Warnings,
    };
}
