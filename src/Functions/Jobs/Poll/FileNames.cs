using System.Globalization;
using System.Text;

namespace Darkroom.Jobs.Poll;

/// <summary>The blob names of a job's pictures. They depend only on the job, and every file system accepts them.</summary>
public static class FileNames
{
    private const int LongestSlug = 48;

    // Windows reserves these names for devices, with any extension.
    private static readonly HashSet<string> Devices = new(
        ["con", "prn", "aux", "nul", .. Enumerable.Range(0, 10).SelectMany(number => new[] { $"com{number}", $"lpt{number}" })],
        StringComparer.OrdinalIgnoreCase);

    /// <summary><c>{yyyy}/{MM}/{dd}/{id}/{slug}-{index}</c>, without an extension.</summary>
    public static string Of(string jobId, DateTimeOffset createdAt, string description, int index) =>
        string.Create(CultureInfo.InvariantCulture, $"{FolderOf(jobId, createdAt.UtcDateTime)}{Slug(description)}-{index}");

    /// <summary>The folder of a job's pictures.</summary>
    public static string FolderOf(string jobId, DateTime createdAt) =>
        string.Create(CultureInfo.InvariantCulture, $"{createdAt:yyyy/MM/dd}/{jobId}/");

    /// <summary>A few words of <paramref name="description"/>: letters and digits of any script, joined by hyphens.</summary>
    public static string Slug(string description)
    {
        ArgumentNullException.ThrowIfNull(description);
        var slug = new StringBuilder();
        foreach (var rune in description.EnumerateRunes())
        {
            var isLetter = Rune.IsLetterOrDigit(rune)
                || Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;
            if (slug.Length >= LongestSlug)
                break;
            if (isLetter)
                slug.Append(Rune.ToLowerInvariant(rune).ToString());
            else if (slug.Length > 0 && slug[^1] != '-')
                slug.Append('-');
        }

        var text = slug.ToString().Trim('-');
        if (text.Length == 0)
            return "picture";
        return Devices.Contains(text) ? $"{text}-picture" : text;
    }
}
