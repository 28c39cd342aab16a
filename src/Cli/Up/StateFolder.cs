namespace Darkroom.Cli.Up;

/// <summary>
/// The folder with the state of <c>up</c>. A file lock keeps out a second <c>up</c>; the system releases the lock when the process ends.
/// </summary>
internal sealed class StateFolder : IDisposable
{
    private readonly FileStream _lock;

    private StateFolder(string path, FileStream held)
    {
        Path = path;
        _lock = held;
    }

    public string Path { get; }

    public string Storage => System.IO.Path.Combine(Path, "azurite");

    /// <summary>The file with the key that callers must send (<c>--require-key</c>).</summary>
    public string Key => System.IO.Path.Combine(Path, "key");

    public string Logs => System.IO.Path.Combine(Path, "logs");

    /// <summary>The started processes, so that the next <c>up</c> can end them after a crash.</summary>
    public string Children => System.IO.Path.Combine(Path, "children.pid");

    private string ProcessId => System.IO.Path.Combine(Path, "up.pid");

    /// <exception cref="CommandException">Another process uses the folder, or it cannot be written.</exception>
    public static StateFolder Open(string path)
    {
        FileStream held;
        try
        {
            Directory.CreateDirectory(path);
            held = new FileStream(System.IO.Path.Combine(path, "up.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (UnauthorizedAccessException exception)
        {
            throw CommandException.Failed(UpWords.StateNotWritable.With(path), exception);
        }
        catch (IOException exception)
        {
            throw CommandException.Failed(Refusal(path, exception), exception);
        }

        var folder = new StateFolder(path, held);
        Directory.CreateDirectory(folder.Logs);
        File.WriteAllText(folder.ProcessId, $"{Environment.ProcessId}\n");
        return folder;
    }

    public void Dispose()
    {
        File.Delete(ProcessId);
        _lock.Dispose();
    }

    private static string Refusal(string path, IOException exception)
    {
        var file = System.IO.Path.Combine(path, "up.pid");
        return File.Exists(file)
            ? UpWords.StateInUse.With(File.ReadAllText(file).Trim(), path)
            : UpWords.StateUnusable.With(path, exception.Message);
    }
}
