using Darkroom.Cli.Screen;

namespace Darkroom.Cli.Jobs;

/// <summary>What <c>status</c> says about a job.</summary>
internal static class JobFacts
{
    public static IEnumerable<Fact> Of(Job job)
    {
        yield return new Fact(JobWords.FactJob, job.Id);
        yield return new Fact(JobWords.FactStatus, JobText.Doing(job));
        yield return new Fact(JobWords.FactPrompt, job.Request.Prompt);
        yield return new Fact(JobWords.FactModel, job.Request.Model);
        yield return new Fact(JobWords.FactCreated, JobText.Time(job.CreatedAt));
        yield return new Fact(JobWords.FactAttempt, job.Attempt > 1 ? $"{job.Attempt}" : null);
        yield return new Fact(
            JobWords.FactExpected, job.Progress.EtaSeconds is { } eta && !job.IsOver ? JobWords.InAbout.With(Durations.Text(eta)) : null);
        yield return new Fact(JobWords.FactTook, job.IsOver ? JobText.Took(job) : null);
        yield return new Fact(
            JobWords.FactTask, job.Upstream.Count > 0 ? string.Join(", ", job.Upstream.Select(task => task.TaskId)) : null);
        yield return new Fact(JobWords.FactSeed, JobText.Seeds(job));
        yield return new Fact(JobWords.FactReused, job.ReusedFrom);
        foreach (var image in job.Images)
            yield return new Fact(
                JobWords.FactPicture,
                $"{image.Index}: {image.ContentType}, {image.Width}x{image.Height}, {JobText.Size(image.Bytes)}, sha256 {image.Sha256}");
        foreach (var line in JobText.Failure(job))
            yield return new Fact(JobWords.FactError, line);
        yield return new Fact(JobWords.FactSave, job.Images.Count > 0 ? $"darkroom download {job.Id}" : null);
        yield return new Fact(JobWords.FactAgain, job.IsOver && !job.IsSuccess ? $"darkroom resubmit {job.Id}" : null);
    }
}
