using Darkroom.Cli.Jobs;

namespace Darkroom.Cli.Mcp.Outputs;

/// <summary>What an assistant should do next with a job, in sentences.</summary>
internal static class JobAdvice
{
    public static string Of(Job job, PictureLinks links)
    {
        var failure = string.Join('\n', JobText.Failure(job));
        return job.Status switch
        {
            "succeeded" => $"The job {job.Id} has {Pictures(job)}. {Save(job)}",
            "partiallySucceeded" =>
                $"The job {job.Id} has {Pictures(job)}, but not all that were requested.\n{failure}\n{Save(job)} {Missing(job, links)}",
            "submissionUnknown" =>
                $"{failure}\nDo not submit this picture again: ModelScope may have accepted and charged the first request. Tell the user. "
                    + $"To risk a second charge, the user can send POST {links.Resubmit(job.Id)}.",
            "canceled" => $"The job {job.Id} is canceled.\n{failure}",
            _ when job.IsOver && job.Error is { Retryable: true } => $"{failure}\n{Missing(job, links)}",
            _ when job.IsOver => $"{failure}\nRemove the cause before you call generate_image again: a repeated request would fail again.",
            _ => $"The job {job.Id} is not finished: {JobText.Doing(job)}. It continues without this call. Call get_image with id "
                + $"\"{job.Id}\" to wait for it. Do not call generate_image again for this picture, unless with the same idempotency_key.",
        };
    }

    private static string Pictures(Job job) => job.Images.Count == 1 ? "1 picture" : $"{job.Images.Count} pictures";

    private static string Save(Job job) => $"To save the originals as files: darkroom download {job.Id}";

    // A resubmit looks at the task of the first attempt before it pays for a new one. A new job does not.
    private static string Missing(Job job, PictureLinks links) =>
        $"To try again, prefer POST {links.Resubmit(job.Id)}: it first looks for a picture that is already paid for. "
            + "A call of generate_image with a new idempotency_key is a new, paid job.";
}
