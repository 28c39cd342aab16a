using System.Net.Http.Headers;
using System.Text;
using Darkroom.Cli.Screen;

namespace Darkroom.Cli.Pictures;

/// <summary>
/// What a file is called: what the server offers, as long as it is a name and nothing else, and every file system takes it.
/// </summary>
internal static class PictureNames
{
    private const int LongestBytes = 200;

    // Names that Windows keeps for devices, whatever their ending.
    private static readonly HashSet<string> Devices = new(
        ["con", "prn", "aux", "nul", .. Enumerable.Range(0, 10).SelectMany(number => new[] { $"com{number}", $"lpt{number}" })],
        StringComparer.OrdinalIgnoreCase);

    /// <summary>The name in a Content-Disposition, made safe; else <paramref name="otherwise"/>.</summary>
    public static string Of(ContentDispositionHeaderValue? disposition, string otherwise) =>
        Safe(disposition?.FileNameStar) ?? Safe(disposition?.FileName?.Trim('"')) ?? otherwise;

    /// <summary>A name that stays in its folder and is not hidden; null when nothing of it can be kept.</summary>
    public static string? Safe(string? offered)
    {
        var last = offered?.Split('/', '\\')[^1] ?? "";
        var name = string.Concat(last.EnumerateRunes().Select(rune => IsUsual(rune) ? rune.ToString() : "-")).Trim(' ', '.', '-');
        name = Shorten(name);
        if (name.Length == 0)
            return null;
        return Devices.Contains(name.Split('.')[0]) ? $"picture-{name}" : name;
    }

    /// <summary>The same name for the second, third, … file of it.</summary>
    public static string Numbered(string name, int number) =>
        number == 1 ? name : $"{Path.GetFileNameWithoutExtension(name)}-{number}{Path.GetExtension(name)}";

    private static bool IsUsual(Rune rune) =>
        !PlainText.IsUnseen(rune) && rune != Rune.ReplacementChar
            && !(rune.IsAscii && "<>:\"|?*".Contains((char)rune.Value, StringComparison.Ordinal));

    // File systems count bytes; the ending stays.
    private static string Shorten(string name)
    {
        var ending = Path.GetExtension(name);
        if (Encoding.UTF8.GetByteCount(ending) > LongestBytes / 4)
            ending = "";
        var stem = new StringBuilder();
        var left = LongestBytes - Encoding.UTF8.GetByteCount(ending);
        foreach (var rune in name[..^ending.Length].EnumerateRunes())
        {
            if ((left -= rune.Utf8SequenceLength) < 0)
                break;
            stem.Append(rune.ToString());
        }

        return stem.ToString().TrimEnd(' ', '.', '-') + ending;
    }
}
