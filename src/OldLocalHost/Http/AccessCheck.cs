using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Darkroom.LocalHost.Http;

/// <summary>Who may call what. Without keys everybody may call everything, as with Core Tools.</summary>
internal sealed class AccessCheck(FunctionKeys? keys)
{
    public static readonly AccessCheck None = new(null);

    /// <summary>What the addresses of the management API carry, so that whoever is given one may use it. Null when no key is asked for.</summary>
    public string? SystemKey => keys?.System;

    /// <summary>Whether the request shows a key for a function of this level.</summary>
    public bool Allows(HttpRequest request, AuthorizationLevel level) =>
        keys is null || level == AuthorizationLevel.Anonymous || Shows(request, level switch
        {
            AuthorizationLevel.Function => keys.Default,
            AuthorizationLevel.System => keys.System,
            _ => keys.Master,
        });

    private bool Shows(HttpRequest request, string key)
    {
        var shown = request.Headers.TryGetValue("x-functions-key", out var header) ? header.ToString() : request.Query["code"].ToString();
        // Both are compared whatever comes out: how long it takes tells nothing.
        return Same(shown, key) | Same(shown, keys!.Master);
    }

    private static bool Same(string shown, string key) =>
        CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(shown)), SHA256.HashData(Encoding.UTF8.GetBytes(key)));
}
