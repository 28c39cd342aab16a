using Darkroom.Cli.Jobs;

namespace Darkroom.Cli.Mcp.Outputs;

/// <summary>Absolute addresses for people and assistants. They never contain a key.</summary>
internal sealed class PictureLinks(Uri server)
{
    public string Picture(string jobId, int index) => new Uri(server, JobPaths.Picture(jobId, index)).AbsoluteUri;

    public string Resubmit(string jobId) => new Uri(server, $"{JobPaths.Of(jobId)}/resubmit").AbsoluteUri;
}
