using Darkroom.Settings;
using Darkroom.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Darkroom.Api.OpenAi;

/// <summary>
/// <c>GET /v1/models</c>: the default model, and the names of OpenAI that stand for it. ModelScope has more models; every id is accepted.
/// </summary>
public sealed class ListModels(DarkroomSettings settings)
{
    // The schema requires a time. ModelScope has none, and a constant keeps the response the same.
    private const long Created = 1_764_547_200;

    [Function("OpenAiModels")]
    public IResult Run([HttpTrigger(AuthorizationLevel.Function, "get", Route = "v1/models")] HttpRequest request) =>
        Results.Json(
            new
            {
                Object = "list",
                Data = ModelNames.Mapped
                    .Select(name => new { Id = name, Object = "model", Created, Owned_by = "darkroom" })
                    .Prepend(new { Id = settings.DefaultModel, Object = "model", Created, Owned_by = "modelscope" }),
            },
            StoredJson.Options);
}
