using Darkroom.LocalHost.Functions;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Azure.Functions.Worker;

namespace Darkroom.LocalHost.Http;

/// <summary>Where a function is to be had, and for whom.</summary>
/// <param name="Function">The function.</param>
/// <param name="Template">The whole route, with the prefix.</param>
/// <param name="Pattern">The same, parsed.</param>
/// <param name="Methods">In upper case; none for all.</param>
/// <param name="Level">The key that a caller needs, where keys are asked for.</param>
internal sealed record HttpRoute(AppFunction Function, string Template, RoutePattern Pattern, IReadOnlyList<string> Methods, AuthorizationLevel Level);
