using System.Text.Json.Nodes;
using Darkroom.Batches;
using Darkroom.Jobs;

namespace Darkroom.Webhooks;

/// <summary>
/// Jobs and batches as the HTTP API returns them. The Api folder implements it, because the Webhooks folder must not use Api.
/// </summary>
public interface IWebhookViews
{
    /// <summary>A job that has ended, as <c>GET /api/images/{id}</c> returns it.</summary>
    JsonObject OfJob(JobRecord job);

    /// <summary>A batch that has finished, as <c>GET /api/batches/{id}</c> returns it.</summary>
    JsonObject OfBatch(BatchRecord batch);
}
