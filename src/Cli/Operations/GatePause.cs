using System.Text;
using System.Text.Json.Nodes;
using Darkroom.Cli.Screen;
using Darkroom.Cli.Server;

namespace Darkroom.Cli.Operations;

/// <summary>The calls that pause the gate, wait until no submit is under way, and end the pause.</summary>
internal static class GatePause
{
    // The gate looks every three seconds while it is paused.
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(2);

    public static Task<ServerAnswer> BeginAsync(DarkroomServer server, string? reason, string? until, CancellationToken cancellation)
    {
        var body = new JsonObject();
        if (reason is not null)
            body["reason"] = reason;
        if (until is not null)
            body["until"] = until;
        var json = body.ToJsonString(CliJson.Written.Options);
        return server.PostAsync(
            GatePaths.Pause, idempotencyKey: null, () => new StringContent(json, Encoding.UTF8, "application/json"), cancellation);
    }

    public static Task<ServerAnswer> EndAsync(DarkroomServer server, CancellationToken cancellation) =>
        server.PostAsync(GatePaths.Resume, idempotencyKey: null, () => new ByteArrayContent([]), cancellation);

    /// <summary>
    /// Returns the answer that shows a paused gate without a submit under way. From then on none begins until the pause ends.
    /// </summary>
    /// <exception cref="CommandException">The pause ended before that, or the server is too old to show submits.</exception>
    public static Task<ServerAnswer> UntilNothingIsSubmittedAsync(
        DarkroomServer server, ServerAnswer first, CommandEnvironment environment, CancellationToken cancellation) =>
        Display.ShowBarAsync(environment, async tell =>
        {
            var answer = first;
            while (true)
            {
                var gate = answer.Read(CliJson.Default.Gate);
                if (gate.Submitting is not { } submitting)
                    throw CommandException.Failed(OperationsWords.SubmitsNotShown);
                if (gate.Paused is null)
                    throw CommandException.Failed(OperationsWords.PauseEnded.With(submitting));
                if (submitting == 0)
                    return answer;
                tell(new Step(OperationsWords.WaitingForSubmits.With(submitting)));
                await Task.Delay(BetweenLooks, environment.Time, cancellation);
                answer = await server.GetAsync(GatePaths.Gate, cancellation);
            }
        });
}
