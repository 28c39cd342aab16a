using Darkroom.Cli.Jobs;
using Darkroom.Cli.Server;

namespace Darkroom.Cli.Pictures;

/// <summary>Downloads pictures into a folder, and checks their SHA-256.</summary>
internal sealed class PictureDownload(DarkroomServer server, PictureFolder folder)
{
    // One wrong hash can be a transfer error. If the second download is wrong too, the stored picture is damaged.
    private const int Tries = 2;

    /// <summary>Downloads and saves one picture.</summary>
    /// <param name="jobId">The job of the picture.</param>
    /// <param name="image">The picture's entry in the job, with the expected hash.</param>
    /// <param name="prefix">The beginning of the file name.</param>
    /// <param name="cancellation">Stops the download; no partial file remains.</param>
    /// <returns>The path of the file.</returns>
    /// <exception cref="CommandException">The picture cannot be downloaded or saved, or its hash is wrong.</exception>
    public async Task<string> SaveAsync(string jobId, JobImage image, string prefix, CancellationToken cancellation)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await server.ReadAsync(
                    JobPaths.Picture(jobId, image.Index), content => SaveAsync(jobId, image, prefix, content, cancellation), cancellation);
            }
            catch (InvalidDataException exception)
            {
                if (attempt == Tries)
                    throw CommandException.Failed(exception.Message, exception);
            }
            catch (Exception exception) when (exception is UnauthorizedAccessException or IOException)
            {
                throw CommandException.Failed(
                    $"The picture cannot be saved: {exception.Message} Darkroom still has it: darkroom download {jobId} --out DIR",
                    exception);
            }
        }
    }

    private async Task<string> SaveAsync(string jobId, JobImage image, string prefix, HttpContent content, CancellationToken cancellation)
    {
        // The server's job ids and file names are not trusted: they become a single file name in this folder.
        var offered = PictureNames.Of(content.Headers.ContentDisposition, $"{jobId}-{image.Index}.{EndingOf(image)}");
        var name = PictureNames.Safe(prefix + offered) ?? $"picture.{EndingOf(image)}";
        await using var stream = await content.ReadAsStreamAsync(cancellation);
        return await folder.SaveAsync(stream, name, image.Sha256, cancellation);
    }

    private static string EndingOf(JobImage image) => image.ContentType switch
    {
        "image/png" => "png",
        "image/jpeg" => "jpg",
        "image/webp" => "webp",
        _ => "bin",
    };
}
