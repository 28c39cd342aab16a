using Darkroom.Cli.Jobs;
using Darkroom.Cli.Server;

namespace Darkroom.Cli.Pictures;

/// <summary>Brings pictures from the server into a folder.</summary>
internal sealed class PictureDownload(DarkroomServer server, PictureFolder folder)
{
    // A hash that is wrong once may have been broken on the way; twice, it is broken there.
    private const int Tries = 2;

    /// <summary>Saves one picture.</summary>
    /// <param name="jobId">Its job.</param>
    /// <param name="image">What the job says of it.</param>
    /// <param name="prefix">What its name begins with.</param>
    /// <param name="cancellation">Gives up, leaving nothing half.</param>
    /// <returns>Its path.</returns>
    /// <exception cref="CommandException">It cannot be had, or is not what the job says.</exception>
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
                    $"The picture cannot be saved: {exception.Message} It is safe in Darkroom: darkroom download {jobId} --out DIR",
                    exception);
            }
        }
    }

    private async Task<string> SaveAsync(string jobId, JobImage image, string prefix, HttpContent content, CancellationToken cancellation)
    {
        // Whatever the server calls its jobs and files, it is one name in this folder.
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
