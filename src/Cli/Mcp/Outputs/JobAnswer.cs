using Darkroom.Cli.Jobs;
using Darkroom.Cli.Mcp.Calls;
using Darkroom.Cli.Server;
using ModelContextProtocol.Protocol;

namespace Darkroom.Cli.Mcp.Outputs;

/// <summary>Makes the result for a job: its structured form, and a link and a thumbnail for each picture.</summary>
internal sealed class JobAnswer(DarkroomServer server)
{
    private readonly PictureLinks _links = new(server.Url);
    private readonly Thumbnails _thumbnails = new(server);

    public async Task<CallToolResult> OfAsync(Job job, string? key, CallLimit limit)
    {
        var output = new ImageOutput
        {
            Message = JobAdvice.Of(job, _links),
            Job = JobOutput.Of(job, _links),
            IdempotencyKey = key,
        };
        var result = ToolResults.Of(output, McpJson.Readable.ImageOutput);
        if (job.IsOver && job.Images.Count == 0)
        {
            result.IsError = true;
            result.Content = [new TextContentBlock { Text = output.Message }];
        }

        foreach (var (number, image) in output.Job.Images.Index())
        {
            result.Content.Add(LinkTo(image, job));
            if (number < Thumbnails.MaxInline && await _thumbnails.TryGetAsync(job.Id, image.Index, limit) is { } thumbnail)
                result.Content.Add(thumbnail);
        }

        return result;
    }

    private static ResourceLinkBlock LinkTo(PictureOutput image, Job job) => new()
    {
        Uri = image.Url,
        Name = $"{job.Id}-{image.Index}",
        Title = job.Request.Name ?? job.Request.Prompt,
        Description = $"{image.Width}x{image.Height}, sha256 {image.Sha256}",
        MimeType = image.ContentType,
        Size = image.Bytes,
    };
}
