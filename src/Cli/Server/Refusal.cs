using System.Net;

namespace Darkroom.Cli.Server;

/// <summary>A refusal, as it is told to people.</summary>
internal static class Refusal
{
    public static CommandException Of(ServerAnswer answer, Uri url) =>
        new(
            ExitCode.Failed,
            TextOf(answer, url)) { Json = answer.Body, MayBeDone = (int)answer.Status >= 500
                || Problem.Read(answer.Body) is null or { Retryable: true } };

    private static string TextOf(ServerAnswer answer, Uri url)
    {
        if (Problem.Read(answer.Body) is { } problem)
            return string.Join(Environment.NewLine, problem.Sentences());

        return answer.Status switch
        {
            HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => "The server wants a key: give it with --key or DARKROOM_KEY.",
            HttpStatusCode.NotFound => $"What answers at {url.Authority} does not know this: is it a Darkroom, and as new as this command?",
            _ => $"The server answered {(int)answer.Status} ({answer.Status}) and did not say why.",
        };
    }
}
