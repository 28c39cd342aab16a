using System.Text.Json;
using Darkroom.LocalHost.Functions;
using Microsoft.AspNetCore.Http;

namespace Darkroom.LocalHost.Http;

/// <summary>What is known of a request by name: its route values, its query and its headers.</summary>
internal static class HttpData
{
    public static IReadOnlyDictionary<string, object?> Of(HttpRequest request)
    {
        var data = InvocationData.Of(
            ("Query", JsonSerializer.Serialize(request.Query.ToDictionary(value => value.Key, value => value.Value.ToString()))),
            ("Headers", JsonSerializer.Serialize(request.Headers.ToDictionary(value => value.Key, value => value.Value.ToString()))));
        foreach (var (name, value) in request.RouteValues)
            data[name] = value;
        return data;
    }
}
