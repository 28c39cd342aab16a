using Darkroom.ModelScope.Requests;
using Darkroom.Settings;
using Darkroom.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Darkroom.Api;

/// <summary><c>GET /api/models</c>: models to choose from, the default one first.</summary>
public sealed class ModelsEndpoint(DarkroomSettings settings)
{
    [Function("Models")]
    public IResult Run([HttpTrigger(AuthorizationLevel.Function, "get", Route = "api/models")] HttpRequest request) => Results.Json(
        new
        {
            Default = settings.DefaultModel,
            Items = KnownModels.StartingWith(settings.DefaultModel).Select(model => new
            {
                model.Id,
                model.Edits,
                Sizes = model.Sizes is { } sizes ? new { sizes.Min, sizes.Max } : null,
            }),
        },
        StoredJson.Options);
}
