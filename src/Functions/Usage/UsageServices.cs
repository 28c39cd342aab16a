using Darkroom.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Darkroom.Usage;

/// <summary>The services of this room.</summary>
internal static class UsageServices
{
    public static IServiceCollection AddUsage(this IServiceCollection services) => services.AddStoragePart<UsageStore>();
}
