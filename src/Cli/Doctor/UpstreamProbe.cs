using Darkroom.Cli.Up;
using Darkroom.ModelScope;
using Darkroom.ModelScope.Failures;

namespace Darkroom.Cli.Doctor;

/// <summary>Calls ModelScope with the token that <c>up</c> would use. The calls cost nothing.</summary>
internal sealed class UpstreamProbe(string root, string home, Configured configured, TimeProvider time)
{
    // No task has this id. If the token is accepted, the answer is that there is no such task.
    private const string NoTask = "1";

    private static readonly TimeSpan Enough = TimeSpan.FromSeconds(10);

    public async Task<UpstreamFacts> LookAsync(CancellationToken cancellation)
    {
        var token = TokenPlaces.Find(configured, root, home);
        var choice = UpstreamChoice.Of(new UpOptions { State = root }, configured, token);
        var facts = new UpstreamFacts { TokenPlace = token?.Place, BaseUrl = choice.BaseUrl };
        if (choice.IsSimulated)
            return facts;

        var options = new ModelScopeOptions
        {
            Token = ApiToken.Clean(token?.Text),
            BaseUrl = choice.BaseUrl,
            BalanceUrl = configured["Darkroom__BalanceUrl"],
            ReadTimeout = Enough,
            ReadTries = 1,
        };
        try
        {
            using var client = new ModelScopeClient(options, time);
            var answer = await AskAsync(client, facts, cancellation);
            return answer.Answer == UpstreamAnswer.Accepted ? await BalanceAsync(client, answer, cancellation) : answer;
        }
        catch (FormatException exception)
        {
            return facts with { Answer = UpstreamAnswer.Unreachable, Error = exception.Message };
        }
    }

    private static async Task<UpstreamFacts> AskAsync(ModelScopeClient client, UpstreamFacts facts, CancellationToken cancellation)
    {
        try
        {
            await client.GetTaskAsync(NoTask, cancellation);
            return facts with { Answer = UpstreamAnswer.Accepted };
        }
        catch (UnauthorizedException)
        {
            return facts with { Answer = UpstreamAnswer.Refused };
        }
        catch (ModelScopeException exception)
        {
            var answer = exception.StatusCode is null ? UpstreamAnswer.Unreachable : UpstreamAnswer.Trouble;
            return facts with { Answer = answer, Error = exception.Message };
        }
    }

    private static async Task<UpstreamFacts> BalanceAsync(ModelScopeClient client, UpstreamFacts facts, CancellationToken cancellation)
    {
        try
        {
            return facts with { Credits = (await client.GetBalanceAsync(cancellation)).Available };
        }
        catch (ModelScopeException exception)
        {
            return facts with { CreditsError = exception.Message };
        }
    }
}
