using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;

namespace Darkroom.LocalHost.Hosting;

/// <summary>Texts of attributes that name a setting: <c>%name%</c> stands for its value.</summary>
internal static partial class SettingNames
{
    /// <summary>The text with the values put in. A setting that is not there is a problem, and then the result is null.</summary>
    public static string? Resolve(string text, IConfiguration configuration, Action<string> complain)
    {
        var missing = false;
        var resolved = Name.Replace(text, match =>
        {
            if (configuration[match.Groups["name"].Value] is { } value)
                return value;
            missing = true;
            complain($"'{text}' names the setting '{match.Groups["name"].Value}', which is not there");
            return "";
        });
        return missing ? null : resolved;
    }

    [GeneratedRegex("%(?<name>[^%]+)%", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Name { get; }
}
