using Darkroom.Settings;

namespace Darkroom.Api;

/// <summary>The header <c>Retry-After</c>: when a client should ask again.</summary>
internal static class RetryAfterHeader
{
    private const int Longest = 60;

    /// <summary>Whole seconds, not less than the shortest time between looks, and at most a minute.</summary>
    public static int Seconds(double wanted, DarkroomSettings settings)
    {
        var least = Math.Clamp((int)Math.Ceiling(settings.PollFloorSeconds), 1, Longest);
        return Math.Clamp((int)Math.Ceiling(Math.Min(wanted, Longest)), least, Longest);
    }
}
