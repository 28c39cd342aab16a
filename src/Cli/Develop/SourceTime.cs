namespace Darkroom.Cli.Develop;

/// <summary>Tells whether sources are newer than what was built from them.</summary>
internal static class SourceTime
{
    // What builds and programs write, and no build reads.
    private static readonly HashSet<string> Outputs = new(["bin", "obj", "node_modules", "dist", "TestResults"], StringComparer.Ordinal);

    /// <summary>Whether a file or folder under <paramref name="sources"/> was changed after <paramref name="built"/> was written.</summary>
    /// <param name="built">A file that was written when the build began.</param>
    /// <param name="root">The folder that the sources are relative to.</param>
    /// <param name="sources">Files and folders; those that do not exist are ignored.</param>
    public static bool IsNewer(string built, string root, IEnumerable<string> sources)
    {
        if (!File.Exists(built))
            return true;
        var then = File.GetLastWriteTimeUtc(built);
        return sources.Select(source => Path.Combine(root, source))
            .Any(path => Directory.Exists(path) ? HasNewer(new DirectoryInfo(path), then) : File.GetLastWriteTimeUtc(path) > then);
    }

    private static bool HasNewer(DirectoryInfo folder, DateTime then)
    {
        foreach (var entry in folder.EnumerateFileSystemInfos())
        {
            if (Outputs.Contains(entry.Name))
                continue;
            // The time of a folder changes when a file in it is deleted. Editors also write hidden files, which are not sources.
            var isNewer = entry.Name[0] != '.' && entry.LastWriteTimeUtc > then && !(entry is DirectoryInfo inner && HoldsOutputs(inner));
            if (isNewer || (entry is DirectoryInfo below && HasNewer(below, then)))
                return true;
        }

        return false;
    }

    // A build creates its output folders in the folder of a project, which changes the time of that folder.
    private static bool HoldsOutputs(DirectoryInfo folder) => Outputs.Any(name => Directory.Exists(Path.Combine(folder.FullName, name)));
}
