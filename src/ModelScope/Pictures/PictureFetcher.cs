using System.Net;
using Darkroom.ModelScope.Failures;
using Darkroom.ModelScope.Tasks;

namespace Darkroom.ModelScope.Pictures;

/// <summary>Opens pictures. It uses a separate HTTP client that never sends the token.</summary>
internal sealed class PictureFetcher(HttpClient http, PictureRules rules, TimeProvider time)
{
    private const int MaxRedirects = 5;

    public Task<PictureStream> OpenAsync(PictureSource source, CancellationToken cancellation) =>
        source.Link is { } link
            ? OpenLinkAsync(link, cancellation)
            : OpenAsync(new ReadOnlyMemoryStream(source.Inline), owner: null, source.Inline.Length, cancellation);

    /// <summary>Opens the picture in the body of <paramref name="response"/> and takes ownership of the response.</summary>
    public async Task<PictureStream> OpenAnswerAsync(HttpResponseMessage response, CancellationToken cancellation)
    {
        try
        {
            var body = await response.Content.ReadAsStreamAsync(cancellation);
            return await OpenAsync(body, response, response.Content.Headers.ContentLength, cancellation);
        }
        catch
        {
            response.Dispose();
            throw;
        }
    }

    private async Task<PictureStream> OpenLinkAsync(Uri link, CancellationToken cancellation)
    {
        for (var hops = 0; hops <= MaxRedirects; hops++)
        {
            if (rules.Refuses(link) is { } why)
                throw new PictureRejectedException(why);

            var response = await SendAsync(link, cancellation);
            if (response.StatusCode == HttpStatusCode.OK)
                return await OpenAnswerAsync(response, cancellation);

            using (response)
            {
                if (!IsRedirect(response.StatusCode) || response.Headers.Location is not { } next
                        || !Uri.TryCreate(link, next, out var target))
                    throw Refused(response);
                // The start of the loop checks the next link like the first one.
                link = target;
            }
        }

        throw new PictureUnavailableException($"The picture's link redirects more than {MaxRedirects} times.");
    }

    private async Task<HttpResponseMessage> SendAsync(Uri link, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, link);
        using var silence = new CancellationTokenSource(rules.IdleTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(silence.Token, cancellation);
        try
        {
            return await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
        }
        catch (HttpRequestException exception) when (exception.GetBaseException() is PrivateHostException why)
        {
            // Not rejected for good: the picture is paid for, and a name service that gives a wrong answer may give the right one later.
            throw new PictureUnavailableException(why.Message);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            throw new PictureUnavailableException("The picture's host could not be reached.", new FailureDetails { Cause = exception });
        }
        catch (OperationCanceledException exception) when (!cancellation.IsCancellationRequested)
        {
            throw new PictureUnavailableException("The picture's host did not answer in time.", new FailureDetails { Cause = exception });
        }
    }

    private Task<PictureStream> OpenAsync(Stream body, IDisposable? owner, long? length, CancellationToken cancellation) =>
        PictureStream.OpenAsync(body, owner, length, rules, new TransferTimeout(rules.IdleTimeout, rules.Timeout, time), cancellation);

    private static PictureUnavailableException Refused(HttpResponseMessage response) =>
        new(
            $"The picture's host answered with HTTP {(int)response.StatusCode}.",
            new FailureDetails { StatusCode = (int)response.StatusCode });

    private static bool IsRedirect(HttpStatusCode status) =>
        status is HttpStatusCode.MovedPermanently or HttpStatusCode.Found or HttpStatusCode.SeeOther or HttpStatusCode.TemporaryRedirect
            or HttpStatusCode.PermanentRedirect;
}
