using Darkroom.Simulator.Scenarios;

namespace Darkroom.Simulator.Endpoints;

/// <summary>Checks the bearer token, and replies with 401 if it is missing or wrong.</summary>
internal static class Authorization
{
    public static async Task<bool> RefusesAsync(this Upstream upstream, HttpContext context)
    {
        var header = context.Request.Headers.Authorization.ToString();
        var token = header.StartsWith("Bearer ", StringComparison.Ordinal) ? header["Bearer ".Length..].Trim() : "";
        if (token.Length > 0 && (upstream.Options.Token is not { } expected || token == expected))
            return false;

        await Replies.Error(401, "Authentication failed, please make sure that a valid ModelScope token is supplied.")(context);
        return true;
    }
}
