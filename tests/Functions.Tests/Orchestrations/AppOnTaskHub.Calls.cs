using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Darkroom.Api.Batches;
using Darkroom.Api.Images;
using Darkroom.Batches;
using Darkroom.Batches.Input;
using Darkroom.Jobs;
using Darkroom.Requests;
using Darkroom.Settings;
using Darkroom.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Darkroom.Functions.Tests.Orchestrations;

// The calls that a caller makes. Endpoints are called without a server.
public sealed partial class AppOnTaskHub
{
    /// <summary>Starts a job as <c>POST /api/images</c> does, and returns its id.</summary>
    internal async Task<string> StartAsync(string json, JobState? reused = null)
    {
        var (ticket, request) = NewJob(json);
        Assert.True(
            await Services.GetRequiredService<JobStarter>().TryStartAsync(
                Client, ticket with { Reused = reused }, request, CancellationToken.None));
        return ticket.JobId;
    }

    /// <summary>The ticket and the request of a job that is not started.</summary>
    internal (JobTicket Ticket, JobRequest Request) NewJob(string json)
    {
        using var body = JsonDocument.Parse(json);
        var webhooks = WebhookRules.Of(Services.GetRequiredService<DarkroomSettings>());
        var reading = RequestRules.Read(body.RootElement, "Tongyi-MAI/Z-Image-Turbo", webhooks: webhooks);
        Assert.Empty(reading.Problems);
        return (Services.GetRequiredService<JobTickets>().For(JobIds.New(), reading.Request!, caller: null), reading.Request!);
    }

    /// <summary>The ticket and the request of a job for one small picture that is not started.</summary>
    internal (JobTicket Ticket, JobRequest Request) NewPicture(string prompt) => NewJob($$"""{"prompt":"{{prompt}}","size":"64x64"}""");

    /// <summary>Starts a job for one small picture, and returns its id.</summary>
    internal Task<string> StartPictureAsync(string prompt, string more = "") =>
        StartAsync($$"""{"prompt":"{{prompt}}","size":"64x64"{{more}}}""");

    /// <summary>The current state of the job.</summary>
    internal async Task<JobState> StateAsync(string job) => (await JobReader.TryGetAsync(Client, job, CancellationToken.None))!.State;

    /// <summary>Runs until the job ends, and returns its final state.</summary>
    internal async Task<JobState> EndOfAsync(string job)
    {
        await Hub.RunUntilEndAsync(job);
        return await StateAsync(job);
    }

    /// <summary>Runs until the job has a status.</summary>
    internal Task UntilAsync(string job, JobStatus status) =>
        Hub.RunUntilAsync(() => Hub.Get(job).ReadCustomStatus<JobState>()?.Status == status);

    /// <summary>How often a prompt was posted upstream.</summary>
    internal int PostsOf(string prompt) => Upstream.Counters.PostsByPrompt.GetValueOrDefault(prompt);

    /// <summary>Calls <c>DELETE /api/images/{id}</c>, and returns the status.</summary>
    internal async Task<int> CancelAsync(string job) => (await CancelAndReadAsync(job)).Status;

    /// <summary>Calls <c>DELETE /api/images/{id}</c>, and returns the status and the body.</summary>
    internal Task<(int Status, JsonNode? Body)> CancelAndReadAsync(string job) =>
        AnswerOfAsync(request => Endpoint<DeleteImage>().RunAsync(request, job, Client, CancellationToken.None));

    /// <summary>Calls <c>POST /api/images/{id}/resubmit</c>, and returns the status.</summary>
    internal Task<int> ResubmitAsync(string job) =>
        StatusOfAsync(request => Endpoint<ResubmitImage>().RunAsync(request, job, Client, CancellationToken.None));

    /// <summary>Calls <c>POST /api/images/{id}/redeliver</c>, and returns the status.</summary>
    internal Task<int> RedeliverAsync(string job) =>
        StatusOfAsync(request => Endpoint<ImageDeliveries>().RedeliverAsync(request, job, Client, CancellationToken.None));

    /// <summary>The items of <c>GET /api/images/{id}/deliveries</c>.</summary>
    internal async Task<JsonArray> DeliveriesAsync(string job)
    {
        var (_, body) = await AnswerOfAsync(request => Endpoint<ImageDeliveries>().ListAsync(request, job, Client, CancellationToken.None));
        return body!["items"]!.AsArray();
    }

    /// <summary>Calls <c>GET /api/images/{id}</c>, and returns the status.</summary>
    internal Task<int> GetAsync(string job) =>
        StatusOfAsync(request => Endpoint<GetImage>().RunAsync(request, job, Client, CancellationToken.None));

    /// <summary>Starts a batch of small pictures as <c>POST /api/batches</c> does, and returns its id.</summary>
    internal async Task<string> StartBatchAsync(IEnumerable<string> prompts)
    {
        var starter = Services.GetRequiredService<BatchStarter>();
        using var body = new MemoryStream(
            Encoding.UTF8.GetBytes(string.Join('\n', prompts.Select(prompt => $$"""{"prompt":"{{prompt}}","size":"64x64"}"""))));
        var start = await starter.StartAsync(
            Client,
            starter.TicketFor(JobIds.New(), caller: null),
            body,
            new BatchSource(BatchFormat.Ndjson, Charset: null, Skips: false),
            CancellationToken.None);
        return ((BatchStart.Started)start).Ticket.BatchId;
    }

    /// <summary>Calls <c>DELETE /api/batches/{id}</c>, and returns the status.</summary>
    internal Task<int> CancelBatchAsync(string batch, string query = "") =>
        StatusOfAsync(request => Endpoint<BatchEndpoints>().DeleteAsync(request, batch, Client, CancellationToken.None), query);

    /// <summary>The current snapshot of a batch.</summary>
    internal BatchSnapshot Batch(string id) =>
        Hub.Get(id) is { IsCompleted: true } ended
            ? ended.ReadOutput<BatchSnapshot>()!
            : Hub.Get(id).ReadCustomStatus<BatchSnapshot>() ?? new BatchSnapshot();

    /// <summary>The lines of <c>results</c> or <c>errors</c>.</summary>
    internal async Task<JsonObject[]> LinesAsync(string batch, string file)
    {
        var blob = Services.GetRequiredService<Containers>().Jobs.GetBlobClient(BatchStore.NameOf(batch, $"{file}.jsonl"));
        if (!await blob.ExistsAsync())
            return [];
        var text = (await blob.DownloadContentAsync()).Value.Content.ToString();
        return [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!.AsObject())];
    }

    private T Endpoint<T>() => ActivatorUtilities.CreateInstance<T>(Services);

    private async Task<int> StatusOfAsync(Func<HttpRequest, Task<IResult>> endpoint, string query = "") =>
        (await AnswerOfAsync(endpoint, query)).Status;

    private async Task<(int Status, JsonNode? Body)> AnswerOfAsync(Func<HttpRequest, Task<IResult>> endpoint, string query = "")
    {
        using var body = new MemoryStream();
        var context = new DefaultHttpContext { RequestServices = Services };
        (
            context.Request.Scheme,
            context.Request.Host,
            context.Request.QueryString) = ("http", new HostString("localhost"), new QueryString(query));
        context.Response.Body = body;
        await (await endpoint(context.Request)).ExecuteAsync(context);
        return (context.Response.StatusCode, body.Length == 0 ? null : JsonNode.Parse(body.ToArray()));
    }
}
