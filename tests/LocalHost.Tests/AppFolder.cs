namespace Darkroom.LocalHost.Tests;

/// <summary>A copy of TinyApp's build output, which a test can change.</summary>
public sealed class AppFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("tiny-app-");

    public AppFolder()
    {
        foreach (var source in Directory.EnumerateFiles(TinyHost.App, "*", SearchOption.AllDirectories))
        {
            var target = this[System.IO.Path.GetRelativePath(TinyHost.App, source)];
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(target)!);
            File.Copy(source, target);
        }
    }

    public string Path => _folder.FullName;

    /// <summary>The path of a file in the folder.</summary>
    public string this[string name] => System.IO.Path.Combine(Path, name);

    /// <inheritdoc/>
    public void Dispose() => _folder.Delete(recursive: true);
}
