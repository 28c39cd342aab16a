using Darkroom.Cli.Operations;
using Darkroom.Cli.Server;
using Darkroom.Cli.Up;

namespace Darkroom.Cli.Doctor;

/// <summary>Asks the server for its health and its gate, once: a server that does not answer is a finding.</summary>
internal sealed class ServerProbe(DarkroomServer server)
{
    private static readonly TimeSpan Enough = TimeSpan.FromSeconds(10);

    public async Task<ServerFacts> LookAsync(CancellationToken cancellation)
    {
        var facts = new ServerFacts(server.Url.GetLeftPart(UriPartial.Authority));
        try
        {
            // Not the client of the server: it would repeat the call when a part is not ready, because that is a 503.
            using var http = new HttpClient { BaseAddress = server.Url, Timeout = Enough };
            using var response = await http.GetAsync("api/health/ready", cancellation);
            var body = await response.Content.ReadAsStringAsync(cancellation);
            facts = facts with { NotReady = Readiness.NotOk(body) };
        }
        catch (Exception exception) when (
            exception is HttpRequestException or TaskCanceledException && !cancellation.IsCancellationRequested)
        {
            return facts with { Unreachable = exception.Message };
        }

        return await GateAsync(facts, cancellation);
    }

    private async Task<ServerFacts> GateAsync(ServerFacts facts, CancellationToken cancellation)
    {
        try
        {
            var answer = await server.GetAsync(GatePaths.Gate, cancellation);
            return facts with { Gate = answer.Read(CliJson.Default.Gate) };
        }
        catch (CommandException exception)
        {
            return facts with { GateError = exception.Message };
        }
    }
}
