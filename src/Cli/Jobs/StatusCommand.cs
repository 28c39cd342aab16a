using System.CommandLine;
using Darkroom.Cli.Server;

namespace Darkroom.Cli.Jobs;

/// <summary><c>darkroom status ID</c>: prints the state of a job.</summary>
internal sealed class StatusCommand : Command
{
    private readonly ServerOptions _server;
    private readonly Argument<string> _id = JobIdArgument.Create();
    private readonly Option<bool> _wait = new("--wait") { Description = "Wait until the job is over." };

    public StatusCommand(ServerOptions server)
        : base("status", "Show the state of a job. The exit code is 1 if the job ended without all requested pictures.")
    {
        _server = server;
        Arguments.Add(_id);
        Options.Add(_wait);
        server.AddTo(this);
        SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        using var server = _server.Connect(parsed);
        var environment = _server.CommandEnvironment;
        var answer = await server.GetAsync(JobPaths.Of(parsed.GetRequiredValue(_id)), cancellation);
        if (parsed.GetValue(_wait))
            answer = await JobWatch.UntilOverAsync(server, answer, environment, cancellation);

        var job = answer.Read(CliJson.Default.Job);
        if (parsed.GetValue(_server.Json))
            await environment.Out.WriteLineAsync(answer.Body);
        else
            await TellAsync(job, environment.Out);
        return job.IsOver && !job.IsSuccess ? ExitCode.Failed : ExitCode.Ok;
    }

    private static async Task TellAsync(Job job, TextWriter to)
    {
        await FactAsync("job", job.Id);
        await FactAsync("status", JobText.Doing(job));
        await FactAsync("prompt", job.Request.Prompt);
        await FactAsync("model", job.Request.Model);
        await FactAsync("created", JobText.Time(job.CreatedAt));
        await FactAsync("attempt", job.Attempt > 1 ? job.Attempt.ToString() : null);
        await FactAsync("expected", job.Progress.EtaSeconds is { } eta && !job.IsOver ? $"in about {eta} s" : null);
        await FactAsync("took", job.IsOver ? JobText.Took(job) : null);
        await FactAsync("task", job.Upstream.Count > 0 ? string.Join(", ", job.Upstream.Select(task => task.TaskId)) : null);
        await FactAsync("seed", JobText.Seeds(job)?["seed ".Length..]);
        await FactAsync("reused", job.ReusedFrom is { } earlier ? $"from {earlier}" : null);
        foreach (var image in job.Images)
            await FactAsync(
                "picture",
                $"{image.Index}: {image.ContentType}, {image.Width}x{image.Height}, {JobText.Size(image.Bytes)}, sha256 {image.Sha256}");
        foreach (var line in JobText.Failure(job))
            await FactAsync("error", line);
        if (job.Images.Count > 0)
            await FactAsync("save", $"darkroom download {job.Id}");

        async Task FactAsync(string name, string? value)
        {
            if (value is not null)
                await to.WriteLineAsync($"{name,-9} {value}");
        }
    }
}
