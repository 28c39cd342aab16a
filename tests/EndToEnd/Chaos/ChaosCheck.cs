using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Darkroom.Simulator;
using Darkroom.Simulator.Pictures;
using Darkroom.TestKit;

namespace Darkroom.EndToEnd.Chaos;

/// <summary>Checks the promises: of each job when it has ended, and of everything at the end of the run.</summary>
internal sealed class ChaosCheck(ChaosCluster cluster, ChaosCaller caller, ChaosReport report)
{
    private readonly ConcurrentQueue<(string Prompt, int MaxTasks)> _paid = new();

    /// <summary>Checks a job that has ended.</summary>
    public async Task EndedAsync(ChaosJob job, JsonObject end)
    {
        var status = TestApp.StatusOf(end);
        report.Count($"jobs {status}");
        PaidOnce(job.Prompt, job.Tasks * ChaosSeen.AttemptOf(end));
        if (ChaosSeen.AttemptOf(end) > 1 + job.ResubmitsSent)
            report.Broken(Promise.NeverPayTwice, $"the job {job.Id} has more attempts than resubmits: {end.ToJsonString()}");
        if (!IsTrue(job, status))
            report.Broken(
                status is "failed" or "expired" ? Promise.NeverLoseAPaidPicture : Promise.NeverLieAboutState,
                $"the job {job.Id} with {job.Trouble} ended as {end.ToJsonString()}");
        foreach (var image in end["images"]!.AsArray())
            await PictureAsync(job, image!.AsObject());
    }

    /// <summary>Checks that no more tasks of a prompt were paid than its attempts explain. It is checked again at the end.</summary>
    public void PaidOnce(string prompt, int maxTasks)
    {
        _paid.Enqueue((prompt, maxTasks));
        // A task is paid when upstream has accepted its submit.
        if (cluster.Upstream.Tasks.All.Count(task => task.Body.Prompt == prompt) is var tasks && tasks > maxTasks)
            report.Broken(Promise.NeverPayTwice, $"{tasks} tasks of \"{prompt}\" were paid, and {maxTasks} are explained");
    }

    /// <summary>Checks everything after the last job has ended.</summary>
    public async Task AtTheEndAsync()
    {
        // A submit that comes long after its job has ended would be paid too.
        foreach (var (prompt, maxTasks) in _paid.ToArray())
            PaidOnce(prompt, maxTasks);
        await GateAsync();
        var unknown = report.CountOf("attempts unknown");
        if (Counters.MaxTasksAtOnce(cluster.Upstream.Tasks.All) is var most && most > ChaosCluster.Slots + unknown)
            report.Broken(Promise.NeverLieAboutState, $"{most} tasks ran at once, with {ChaosCluster.Slots} slots and {unknown} unknown");
        if (cluster.Upstream.Counters.TokenOnPictureHost > 0)
            report.Broken(Promise.NeverLeak, "the token was sent to the picture host");
        foreach (var log in cluster.Hosts.SelectMany(host => host.Logs))
        {
            if (Leaks.FindInLog(log) is { } leak)
                report.Broken(Promise.NeverLeak, $"in a log: {leak}");
        }

        report.Write($"{await LeakScan.OfAsync(cluster.Direct)} blobs, rows and messages were searched for secrets.");
    }

    private static bool IsTrue(ChaosJob job, string status) => status switch
    {
        "canceled" => job.IsCancelSent,
        // A kill between the begin of the POST and its outcome.
        "submissionUnknown" => true,
        // A part of the tasks is unknown or canceled.
        "partiallySucceeded" => job.Tasks > 1,
        "succeeded" => job.Trouble.End is "succeeded" or "submissionUnknown",
        _ => status == job.Trouble.End,
    };

    private async Task PictureAsync(ChaosJob job, JsonObject image)
    {
        var bytes = await caller.DownloadAsync($"{image["url"]}");
        var originals = cluster.Upstream.Tasks.All.Where(task => task.Body.Prompt == job.Prompt).Select(task =>
        {
            using var original = new MemoryStream();
            PictureFile.Write(task, 0, original);
            return original.ToArray();
        });
        report.Count("pictures compared");
        if (!originals.Any(original => bytes.AsSpan().SequenceEqual(original)))
            report.Broken(Promise.NeverLoseAPaidPicture, $"{image["url"]} has {bytes.Length} bytes that upstream did not make");
        else if (Convert.ToHexStringLower(SHA256.HashData(bytes)) != $"{image["sha256"]}")
            report.Broken(Promise.NeverLieAboutState, $"{image["url"]} has another hash than {image["sha256"]}");
    }

    // Slots of canceled jobs are held until their tasks have ended, and of killed hosts until the gate looks.
    private async Task GateAsync()
    {
        JsonObject? gate = null;
        try
        {
            await Until.TrueAsync(
                async () =>
                {
                    (_, gate) = await caller.AskAsync(HttpMethod.Get, "api/gate");
                    return gate["inUse"]!.GetValue<int>() == 0 && OneSlotApp.Waiting(gate) == 0;
                },
                () => "");
        }
        catch (TimeoutException)
        {
            report.Broken(Promise.NeverHang, $"all jobs have ended, and the gate has {gate?.ToJsonString()}");
        }
    }
}
