namespace Darkroom.ModelScope;

/// <summary>
/// Reads the <c>key: value</c> lines between two <c>---</c> lines at the beginning of a file. Only two plain keys are documented, so a YAML
/// library is not needed.
/// </summary>
internal static class FrontMatter
{
    private const int MostLines = 100;

    public static IReadOnlyDictionary<string, string>? Read(string path)
    {
        try
        {
            return File.Exists(path) ? Parse(File.ReadLines(path).Take(MostLines)) : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    internal static IReadOnlyDictionary<string, string>? Parse(IEnumerable<string> lines)
    {
        var values = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        var isFirst = true;
        foreach (var line in lines)
        {
            if (isFirst)
            {
                if (line.TrimEnd() != "---")
                    return null;
                isFirst = false;
                continue;
            }

            if (line.TrimEnd() == "---")
                return values;

            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon > 0 && line[0] != '#')
                values[line[..colon].Trim()] = WithoutComment(line[(colon + 1)..]).Trim().Trim('"', '\'');
        }

        // The closing line is missing, so the file has no valid front matter.
        return null;
    }

    private static string WithoutComment(string value)
    {
        var comment = value.IndexOf(" #", StringComparison.Ordinal);
        return comment < 0 ? value : value[..comment];
    }
}
