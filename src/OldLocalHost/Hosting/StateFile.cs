namespace Darkroom.LocalHost.Hosting;

/// <summary>Small files in the state directory: replaced as a whole, so that a crash leaves the old one or the new one, for their owner only.</summary>
internal static class StateFile
{
    public static void Write(string directory, string path, ReadOnlySpan<byte> content)
    {
        CreateDirectory(directory);
        var fresh = $"{path}.new";
        File.Delete(fresh);
        using (var file = new FileStream(fresh, Options()))
        {
            file.Write(content);
            file.Flush(flushToDisk: true);
        }

        File.Move(fresh, path, overwrite: true);
    }

    private static void CreateDirectory(string directory)
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(directory);
        else
            Directory.CreateDirectory(directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    private static FileStreamOptions Options()
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return options;
    }
}
