using System.Text.Json;
using System.Text.Json.Nodes;
using Darkroom.Api.Batches;
using Darkroom.Api.Images;
using Darkroom.Batches;
using Darkroom.Jobs;
using Darkroom.Storage;
using Darkroom.Webhooks;

namespace Darkroom.Api;

/// <summary>Gives webhooks the same views that the endpoints return.</summary>
public sealed class WebhookViews(TimeProvider time) : IWebhookViews
{
    /// <inheritdoc/>
    public JsonObject OfJob(JobRecord job) => Write(JobView.Of(job, gate: null, host: "", time.GetUtcNow()));

    /// <inheritdoc/>
    public JsonObject OfBatch(BatchRecord batch) => Write(BatchView.Of(batch, children: [], gate: null, time.GetUtcNow().UtcDateTime));

    private static JsonObject Write<T>(T view) => JsonSerializer.SerializeToNode(view, StoredJson.Options)!.AsObject();
}
