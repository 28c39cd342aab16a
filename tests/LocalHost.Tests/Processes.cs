using System.Globalization;

namespace Darkroom.LocalHost.Tests;

/// <summary>Finds processes of this machine by an environment variable.</summary>
internal static class Processes
{
    /// <summary>The processes that have the variable, given as <c>NAME=value</c>.</summary>
    public static IReadOnlyList<int> With(string setting)
    {
        var found = new List<int>();
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (!int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var id))
                continue;
            try
            {
                if (File.ReadAllText(Path.Combine(folder, "environ")).Split('\0').Contains(setting))
                    found.Add(id);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                // The process has ended, or belongs to another user.
            }
        }

        return found;
    }
}
