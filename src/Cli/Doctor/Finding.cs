using System.Text.Json.Serialization;

namespace Darkroom.Cli.Doctor;

/// <summary>How good a part is.</summary>
internal enum Level
{
    [JsonStringEnumMemberName("ok")]
    Ok,

    /// <summary>Something to know; commands still work.</summary>
    [JsonStringEnumMemberName("warning")]
    Warning,

    /// <summary>Something that a command fails on.</summary>
    [JsonStringEnumMemberName("problem")]
    Problem,
}

/// <summary>What <c>doctor</c> found out about one part.</summary>
/// <param name="Check">The part.</param>
/// <param name="Level">How good it is.</param>
/// <param name="Message">What was found.</param>
/// <param name="Cure">What to do; null if it is ok.</param>
internal sealed record Finding(string Check, Level Level, string Message, string? Cure = null)
{
    public static Finding Ok(string check, string message) => new(check, Level.Ok, message);

    public static Finding Warning(string check, string message, string? cure) => new(check, Level.Warning, message, cure);

    public static Finding Problem(string check, string message, string cure) => new(check, Level.Problem, message, cure);
}
