using System.Text.Json.Nodes;

namespace Darkroom.EndToEnd;

/// <summary>
/// Checks that every answer is as the OpenAPI description says, before the test receives it. A picture or a stream of events is checked
/// only for its status and type.
/// </summary>
internal sealed class ContractWatch(HttpMessageHandler inner) : DelegatingHandler(inner)
{
    private static readonly SemaphoreSlim Once = new(1);
    private static ApiContract? _contract;
    private static int _checked;

    /// <summary>How many answers were checked in this run.</summary>
    public static int Checked => _checked;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var answer = await base.SendAsync(request, cancellationToken);
        var contract = await ContractOfAsync(request.RequestUri!, base.SendAsync, cancellationToken);
        var mediaType = answer.Content.Headers.ContentType?.MediaType;
        string? text = null;
        if (mediaType?.EndsWith("json", StringComparison.Ordinal) == true || answer.Content.Headers.ContentLength == 0)
        {
            await answer.Content.LoadIntoBufferAsync(cancellationToken);
            text = await answer.Content.ReadAsStringAsync(cancellationToken);
        }

        Interlocked.Increment(ref _checked);
        var path = request.RequestUri!.AbsolutePath;
        if (contract.Check(request.Method.Method, path, (int)answer.StatusCode, mediaType, text) is { } trouble)
            Assert.Fail($"{request.Method} {request.RequestUri} is not as openapi.yaml says: {trouble}\n{text}");
        return answer;
    }

    /// <summary>The contract, as an app serves it. It is read once in a run.</summary>
    public static async Task<ApiContract> ContractOfAsync(
        Uri app, Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>> send, CancellationToken cancellationToken)
    {
        if (_contract is { } known)
            return known;
        await Once.WaitAsync(cancellationToken);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(app, "/api/openapi.json"));
            using var answer = await send(request, cancellationToken);
            answer.EnsureSuccessStatusCode();
            return _contract ??= new ApiContract(
                JsonNode.Parse(await answer.Content.ReadAsStringAsync(cancellationToken))!.AsObject());
        }
        finally
        {
            Once.Release();
        }
    }
}
