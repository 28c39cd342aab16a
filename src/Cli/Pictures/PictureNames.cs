using System.Net.Http.Headers;
using System.Text;
using Darkroom.Cli.Screen;

namespace Darkroom.Cli.Pictures;

/// <summary>
/// Makes file names from names that the server offers: without folders, and valid on every common file system.
/// </summary>
internal static class PictureNames
{
    private const int LongestBytes = 200;

    // Device names of Windows, which are reserved with any extension.
    private static readonly HashSet<string> Devices = new(
        ["con", "prn", "aux", "nul", .. Enumerable.Range(0, 10).SelectMany(number => new[] { $"com{number}", $"lpt{number}" })],
        StringComparer.OrdinalIgnoreCase);

    /// <summary>The safe form of the name in a Content-Disposition header; <paramref name="otherwise"/> if there is none.</summary>
    public static string Of(ContentDispositionHeaderValue? disposition, string otherwise) =>
        Safe(disposition?.FileNameStar) ?? Safe(disposition?.FileName?.Trim('"')) ?? otherwise;

    /// <summary>A name without folders and without a leading dot; null if no usable character remains.</summary>
    public static string? Safe(string? offered)
    {
        var last = offered?.Split('/', '\\')[^1] ?? "";
        var name = string.Concat(last.EnumerateRunes().Select(rune => IsUsual(rune) ? rune.ToString() : "-")).Trim(' ', '.', '-');
        name = Shorten(name);
        if (name.Length == 0)
            return null;
        return Devices.Contains(name.Split('.')[0]) ? $"picture-{name}" : name;
    }

    /// <summary>Adds a number before the extension, for the second and later files of the same name.</summary>
    public static string Numbered(string name, int number) =>
        number == 1 ? name : $"{Path.GetFileNameWithoutExtension(name)}-{number}{Path.GetExtension(name)}";

    private static bool IsUsual(Rune rune) =>
        !PlainText.IsUnseen(rune) && rune != Rune.ReplacementChar
            && !(rune.IsAscii && "<>:\"|?*".Contains((char)rune.Value, StringComparison.Ordinal));

    // File systems limit the length in bytes. The extension is kept.
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
