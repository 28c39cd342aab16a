using System.Globalization;
using Darkroom.Jobs.Poll;
using Microsoft.AspNetCore.Http;
using Microsoft.DurableTask.Client;

namespace Darkroom.Api.Images;

/// <summary>Finds the picture that the path of a request names.</summary>
public sealed class PictureAnswers(JobAnswers answers)
{
    /// <summary>Finds a picture by its number, the first one if the number is empty; or returns the response that says why not.</summary>
    public async Task<(SavedPicture? Picture, IResult? Refusal)> FindAsync(
        DurableTaskClient client, HttpRequest request, string id, string number, CancellationToken cancellation)
    {
        var (job, refusal) = await answers.FindAsync(client, request, id, cancellation);
        if (job is null)
            return (null, refusal);
        if (number.Length > 0 && !int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out _))
            return (null, Problem.NotFound("The picture number must be a whole number, from 0 on."));
        var index = number.Length > 0
            ? int.Parse(number, CultureInfo.InvariantCulture)
            : job.State.Pictures.Select(one => one.Index).DefaultIfEmpty(0).Min();
        var picture = job.State.Pictures.FirstOrDefault(one => one.Index == index);
        return picture is null
            ? (null, Problem.NotFound($"The job has no picture {index}, or the picture is not saved yet."))
            : (picture, null);
    }
}
