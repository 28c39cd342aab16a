using System.Net;

namespace Darkroom.Cli.Server;

/// <summary>Turns an error answer into an exception with a text for the user.</summary>
internal static class Refusal
{
    public static CommandException Of(ServerAnswer answer, Uri url, bool hasKey) =>
        new(
            ExitCode.Failed,
            TextOf(answer, url, hasKey))
        {
            Json = answer.Body,
            MayBeDone = (int)answer.Status >= 500
                || Problem.Read(answer.Body) is null or { Retryable: true }
        };

    private static string TextOf(ServerAnswer answer, Uri url, bool hasKey)
    {
        if (Problem.Read(answer.Body) is { } problem)
            return string.Join(Environment.NewLine, problem.Sentences());

        return answer.Status switch
        {
            HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => hasKey ? Words.KeyRefused : Words.KeyRequired,
            HttpStatusCode.NotFound => Words.NoSuchEndpoint.With(url.Authority),
            _ => Words.NoReason.With((int)answer.Status, answer.Status),
        };
    }
}
