using System.Net;

namespace Darkroom.Cli.Server;

/// <summary>Turns an error answer into an exception with a text for the user.</summary>
internal static class Refusal
{
    public static CommandException Of(ServerAnswer answer, Uri url) =>
        new(
            ExitCode.Failed,
            TextOf(answer, url))
        {
            Json = answer.Body,
            MayBeDone = (int)answer.Status >= 500
                || Problem.Read(answer.Body) is null or { Retryable: true }
        };

    private static string TextOf(ServerAnswer answer, Uri url)
    {
        if (Problem.Read(answer.Body) is { } problem)
            return string.Join(Environment.NewLine, problem.Sentences());

        return answer.Status switch
        {
            HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => "The server requires a key. Set it with --key or DARKROOM_KEY.",
            HttpStatusCode.NotFound => $"The server at {url.Authority} does not have this endpoint. Check --url and the server's version.",
            _ => $"The server answered {(int)answer.Status} ({answer.Status}) and gave no reason.",
        };
    }
}
