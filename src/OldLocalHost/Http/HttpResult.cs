using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Abstractions;
using Microsoft.AspNetCore.Routing;

namespace Darkroom.LocalHost.Http;

/// <summary>Makes the answer of what a function returned.</summary>
internal static class HttpResult
{
    /// <summary>False when there is something that no answer can be made of. A function that returns nothing has written its answer itself.</summary>
    public static async Task<bool> WriteAsync(HttpContext http, object? result)
    {
        switch (result)
        {
            case null:
                return true;
            case IActionResult action:
                await action.ExecuteResultAsync(new ActionContext(http, http.GetRouteData(), new ActionDescriptor()));
                return true;
            case IResult minimal:
                await minimal.ExecuteAsync(http);
                return true;
            default:
                return false;
        }
    }
}
