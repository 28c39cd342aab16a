using System.Net;
using Darkroom.ModelScope.Failures;
using Darkroom.ModelScope.Pictures;
using Darkroom.ModelScope.Requests;
using Darkroom.ModelScope.Tasks;
using Darkroom.ModelScope.Wire;
using Polly;

namespace Darkroom.ModelScope;

/// <summary>
/// The client of ModelScope's image generation API: it submits a task, looks at it and downloads its pictures. It reads every documented
/// response format and never repeats a submit that may have been accepted. It throws only <see cref="ModelScopeException"/> and, if the
/// caller cancels, <see cref="OperationCanceledException"/>. It is thread-safe.
/// </summary>
public sealed class ModelScopeClient : IDisposable
{
    private const int MaxSubmitBytes = 1 << 20;

    private readonly HttpClient _api;
    private readonly HttpClient _pictureHost;
    private readonly ApiCalls _calls;
    private readonly PictureFetcher _pictures;
    private readonly ModelScopeOptions _options;
    private readonly Uri _baseUrl;
    private readonly Uri _balanceUrl;
    private readonly ResiliencePipeline _reads;
    private readonly ResiliencePipeline _submits;

    /// <summary>Creates a client with its own connection pools. Use one instance for the lifetime of the process.</summary>
    /// <param name="options">Addresses, time-outs and limits.</param>
    /// <param name="time">The clock for time-outs and pauses; null for the system clock.</param>
    /// <exception cref="FormatException">An address in <paramref name="options"/> is invalid.</exception>
    public ModelScopeClient(ModelScopeOptions options, TimeProvider? time = null)
        : this(options, time ?? TimeProvider.System, CheckedConnections.OfThisMachine)
    {
    }

    internal ModelScopeClient(ModelScopeOptions options, TimeProvider time, CheckedConnections pictureConnections)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
        _baseUrl = options.ReadBaseUrl();
        _balanceUrl = options.ReadBalanceUrl();
        // Pictures have their own HTTP client, so that the token can never be sent to a picture host.
        _api = Connections.ForApi();
        _pictureHost = Connections.ForPictures(new PictureConnections(options.Pictures, pictureConnections).ConnectAsync);
        _calls = new ApiCalls(_api, options, time);
        _pictures = new PictureFetcher(_pictureHost, options.Pictures, time);
        _reads = Retries.ForReads(options, time);
        _submits = Retries.ForSubmits(options, time);
    }

    /// <summary>Submits a task, which costs credits. The client retries only if no byte of the body was sent.</summary>
    /// <exception cref="InvalidRequestException">The request breaks a rule and was not sent, or ModelScope refused it.</exception>
    /// <exception cref="AmbiguousSubmitException">The task may have been accepted. Do not send it again automatically.</exception>
    /// <exception cref="ModelScopeException">The task was not accepted.</exception>
    public async Task<SubmittedTask> SubmitAsync(ImageRequest request, CancellationToken cancellation = default)
    {
        var verdict = ImageRequestRules.Check(request);
        if (!verdict.IsValid)
            throw new InvalidRequestException(verdict.Problems);

        var body = ImageRequestBody.Write(request);
        return await _submits.ExecuteAsync(
            async token => await _calls.PostAsync(
                new Uri(_baseUrl, "v1/images/generations"),
                body,
                static post => post.Headers.Add("X-ModelScope-Async-Mode", "true"),
                TakeSubmittedAsync,
                token),
            cancellation);
    }

    /// <summary>Looks at a task once. A read that fails is retried up to <see cref="ModelScopeOptions.ReadTries"/> attempts.</summary>
    /// <exception cref="ModelScopeException">The look failed, which says nothing about the state of the task.</exception>
    public async Task<TaskSnapshot> GetTaskAsync(string taskId, CancellationToken cancellation = default)
    {
        var address = TaskAddress(taskId);
        return await _reads.ExecuteAsync(
            async token => await _calls.ReadAsync(
                address,
                static look => look.Headers.Add("X-ModelScope-Task-Type", "image_generation"),
                static response => response.StatusCode is HttpStatusCode.OK or HttpStatusCode.NotFound,
                TakeSnapshotAsync,
                token),
            cancellation);
    }

    /// <summary>Reads the result endpoint of a task that succeeded without a picture in its answer.</summary>
    /// <exception cref="ModelScopeException">The result could not be read, or it contains no picture.</exception>
    public async Task<TaskResult> GetResultAsync(string taskId, CancellationToken cancellation = default)
    {
        var address = TaskAddress(taskId, "/result");
        return await _reads.ExecuteAsync(
            async token => await _calls.ReadAsync(
                address,
                static look => look.Headers.Add("X-ModelScope-Task-Type", "image_generation"),
                static response => response.StatusCode is HttpStatusCode.OK or HttpStatusCode.NotFound,
                TakeResultAsync,
                token),
            cancellation);
    }

    /// <summary>Reads the credit balance of the account.</summary>
    /// <exception cref="ModelScopeException">The balance could not be read.</exception>
    public async Task<CreditBalance> GetBalanceAsync(CancellationToken cancellation = default) =>
        await _reads.ExecuteAsync(
            async token => await _calls.ReadAsync(
                _balanceUrl, prepare: null, static response => response.StatusCode == HttpStatusCode.OK, TakeBalanceAsync, token),
            cancellation);

    /// <summary>Opens a picture after checking its host and reading its size. The token is never sent.</summary>
    /// <exception cref="PictureUnavailableException">The download failed. A fresh link from the task may help.</exception>
    /// <exception cref="PictureRejectedException">The picture is not acceptable. A retry gives the same result.</exception>
    public Task<PictureStream> OpenPictureAsync(PictureSource source, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(source);
        return _pictures.OpenAsync(source, cancellation);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _api.Dispose();
        _pictureHost.Dispose();
    }

    private async Task<SubmittedTask> TakeSubmittedAsync(HttpResponseMessage response, CancellationToken cancellation)
    {
        using var body = await BoundedBody.ReadAsync(response.Content, MaxSubmitBytes, cancellation);
        return (body.IsTooLarge ? null : SubmitAnswer.Read(body.Bytes)) ?? throw Unreadable(Call.Submit, response);
    }

    private async Task<TaskSnapshot> TakeSnapshotAsync(HttpResponseMessage response, CancellationToken cancellation)
    {
        using (response)
        {
            using var body = await BoundedBody.ReadAsync(response.Content, _options.MaxAnswerBytes, cancellation);
            TaskSnapshot? snapshot = null;
            var isReadable = !body.IsTooLarge && TaskAnswer.TryRead(body.Bytes, out snapshot);
            // The status 404 is sufficient; its body may be unreadable.
            if (response.StatusCode == HttpStatusCode.NotFound)
                return new TaskSnapshot
                {
                    State = TaskState.NotFound,
                    RawStatus = snapshot?.RawStatus,
                    Reason = _calls.Clean(snapshot?.Reason, response),
                };
            if (!isReadable)
                throw Unreadable(Call.Read, response);

            var reason = _calls.Clean(snapshot!.Reason, response);
            return snapshot with { Reason = snapshot.Reason is null ? null : reason, RequestId = snapshot.RequestId ?? reason.RequestId };
        }
    }

    private async Task<TaskResult> TakeResultAsync(HttpResponseMessage response, CancellationToken cancellation)
    {
        if (response.StatusCode == HttpStatusCode.NotFound)
        {
            response.Dispose();
            throw new PictureUnavailableException("The task succeeded without a picture.");
        }

        if (response.Content.Headers.ContentType?.MediaType is { } type && !type.Contains("json", StringComparison.OrdinalIgnoreCase))
            return new TaskResult(await _pictures.OpenAnswerAsync(response, cancellation));

        using (response)
        {
            using var body = await BoundedBody.ReadAsync(response.Content, _options.MaxAnswerBytes, cancellation);
            if (body.IsTooLarge || !TaskAnswer.TryRead(body.Bytes, out var answer))
                throw Unreadable(Call.Read, response);
            return answer.Pictures.Count > 0
                ? new TaskResult(answer.Pictures)
                : throw new PictureUnavailableException("The task succeeded without a picture.");
        }
    }

    private async Task<CreditBalance> TakeBalanceAsync(HttpResponseMessage response, CancellationToken cancellation)
    {
        using (response)
        {
            using var body = await BoundedBody.ReadAsync(response.Content, MaxSubmitBytes, cancellation);
            return (body.IsTooLarge ? null : BalanceAnswer.Read(body.Bytes)) ?? throw Unreadable(Call.Read, response);
        }
    }

    private ModelScopeException Unreadable(Call call, HttpResponseMessage response)
    {
        var status = (int)response.StatusCode;
        var details = new FailureDetails { StatusCode = status, Reason = _calls.Clean(reason: null, response) };
        return FailureFactory.From(call, FailureRules.Classify(call, status, UpstreamReason.None), details, _calls.Time.GetUtcNow());
    }

    private Uri TaskAddress(string taskId, string suffix = "")
    {
        if (!TaskIds.IsUsable(taskId))
            throw new InvalidRequestException([new FieldProblem("taskId", "Is not a ModelScope task id.")]);
        return new Uri(_baseUrl, $"v1/tasks/{Uri.EscapeDataString(taskId)}{suffix}");
    }
}
