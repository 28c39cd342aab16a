using System.Globalization;
using Darkroom.Cli.Jobs;

namespace Darkroom.Cli.Pictures;

/// <summary>
/// A picture to save. Its file is <c>{description}-{yyyyMMdd-HHmmss}[-n].{ext}</c>: the time is that of the request, and <c>n</c> tells
/// apart the pictures of one request.
/// </summary>
/// <param name="JobId">The job of the picture.</param>
/// <param name="Image">The picture's entry in the job.</param>
/// <param name="CreatedAt">When it was requested, in local time.</param>
/// <param name="Number">The number <c>n</c>; null if there is only one picture.</param>
internal sealed record PictureOf(string JobId, JobImage Image, DateTimeOffset CreatedAt, string? Number)
{
    /// <summary>The pictures of a job.</summary>
    public static IEnumerable<PictureOf> All(Job job, TimeZoneInfo zone)
    {
        var createdAt = TimeZoneInfo.ConvertTime(job.CreatedAt, zone);
        var isAlone = job.Images.Count == 1 && job.Images[0].Index == 0;
        return job.Images.Select(image => new PictureOf(job.Id, image, createdAt, isAlone ? null : $"{image.Index + 1}"));
    }

    /// <summary>The file name without the extension.</summary>
    /// <param name="offered">The server's name, such as <c>a-golden-cat-0.png</c>: a description and the picture's index.</param>
    public string NameFrom(string offered)
    {
        var stem = Path.GetFileNameWithoutExtension(offered);
        var index = $"-{Image.Index}";
        var description = stem.EndsWith(index, StringComparison.Ordinal) ? stem[..^index.Length] : stem;
        var time = CreatedAt.ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture);
        return Number is null ? $"{description}-{time}" : $"{description}-{time}-{Number}";
    }
}
