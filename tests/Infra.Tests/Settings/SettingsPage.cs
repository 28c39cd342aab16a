using System.Text.RegularExpressions;

namespace Darkroom.Infra.Tests.Settings;

/// <summary>Reads the settings that the code uses from docs/settings.md, which another test checks against the code.</summary>
internal static partial class SettingsPage
{
    private static readonly string[] None = ["", "–"];

    public static IReadOnlyList<ReadSetting> Read(string page) =>
    [
        .. Rows()
            .Matches(page)
            .Select(row => new ReadSetting(row.Groups["name"].Value, !None.Contains(row.Groups["default"].Value.Trim().Trim('`')))),
    ];

    [GeneratedRegex(
        @"^\|\s*`(?<name>[^`]+)`\s*\|[^|\n]*\|(?<default>[^|\n]*)\|.*\|\s*$",
            RegexOptions.Multiline | RegexOptions.ExplicitCapture,
            matchTimeoutMilliseconds: 1000)]
    private static partial Regex Rows();
}

internal sealed record ReadSetting(string Name, bool HasDefault);
