using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Matching;

namespace Darkroom.LocalHost.Http;

/// <summary>The verbs that an endpoint takes; none for all.</summary>
internal sealed record AllowedVerbs(params IReadOnlyList<string> Verbs)
{
    public bool Allow(string verb) => Verbs.Count == 0 || Verbs.Contains(verb, StringComparer.OrdinalIgnoreCase);
}

/// <summary>Leaves out endpoints that do not take the verb. ASP.NET Core's own rule would answer 405 where Functions answers 404.</summary>
internal sealed class VerbPolicy : MatcherPolicy, IEndpointSelectorPolicy
{
    public override int Order => 0;

    public bool AppliesToEndpoints(IReadOnlyList<Endpoint> endpoints) => endpoints.Any(endpoint => endpoint.Metadata.GetMetadata<AllowedVerbs>() is not null);

    public Task ApplyAsync(HttpContext httpContext, CandidateSet candidates)
    {
        for (var i = 0; i < candidates.Count; i++)
        {
            if (candidates.IsValidCandidate(i) && candidates[i].Endpoint.Metadata.GetMetadata<AllowedVerbs>()?.Allow(httpContext.Request.Method) == false)
                candidates.SetValidity(i, false);
        }

        return Task.CompletedTask;
    }
}
