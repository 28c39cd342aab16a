using System.Security.Cryptography;
using Microsoft.AspNetCore.StaticFiles;

namespace Darkroom.Api.Studio;

/// <summary>
/// The files of the page, as the build of src/Studio wrote them beside the app. Each has a twin compressed with Brotli and with gzip. The
/// list is made once: a path of a request never reaches the file system.
/// </summary>
public sealed class StudioFiles
{
    private const string Page = "index.html";

    // In order of preference: the smaller one first.
    private static readonly (string Encoding, string Extension)[] Encodings = [("br", ".br"), ("gzip", ".gz")];

    private readonly Dictionary<string, StudioFile> _files;

    public StudioFiles()
        : this(Path.Combine(AppContext.BaseDirectory, "studio"))
    {
    }

    internal StudioFiles(string folder)
    {
        var types = new FileExtensionContentTypeProvider();
        _files = Directory.Exists(folder)
            ? Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).ToDictionary(
                file => Path.GetRelativePath(folder, file).Replace('\\', '/'), file => Read(file, types), StringComparer.Ordinal)
            : [];
    }

    /// <summary>Whether the build of the page is there.</summary>
    public bool AreBuilt => _files.ContainsKey(Page);

    /// <summary>
    /// Finds the file for a path below <c>/studio</c>, in the best form that the client accepts. A path without an extension is a place
    /// within the page, so the page itself is the answer. Null if there is no such file.
    /// </summary>
    /// <param name="path">The path, without a slash in front.</param>
    /// <param name="acceptEncoding">The header Accept-Encoding.</param>
    internal StudioFile? Find(string path, string acceptEncoding)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(acceptEncoding);
        var name = Path.HasExtension(path) ? path : Page;
        if (!_files.TryGetValue(name, out var file))
            return null;
        var accepted = acceptEncoding.Split([',', ' '], StringSplitOptions.RemoveEmptyEntries);
        foreach (var (encoding, extension) in Encodings)
        {
            if (accepted.Contains(encoding, StringComparer.OrdinalIgnoreCase) && _files.TryGetValue(name + extension, out var smaller))
                return smaller with { ContentType = file.ContentType, Encoding = encoding };
        }

        return file;
    }

    private static StudioFile Read(string file, FileExtensionContentTypeProvider types)
    {
        var type = types.TryGetContentType(file, out var known) ? known : "application/octet-stream";
        // Vite puts files with the hash of their content in their names into this folder.
        var isHashed = Path.GetFileName(Path.GetDirectoryName(file)) == "assets";
        using var content = File.OpenRead(file);
        return new StudioFile(
            file,
            type.StartsWith("text/", StringComparison.Ordinal) ? $"{type}; charset=utf-8" : type,
            Convert.ToHexStringLower(SHA256.HashData(content))[..32],
            isHashed);
    }
}

/// <summary>A file of the page.</summary>
/// <param name="Path">Where it is.</param>
/// <param name="ContentType">The type of its content, without the compression.</param>
/// <param name="Tag">Its entity tag: a hash of its bytes.</param>
/// <param name="IsHashed">Whether its name changes with its content.</param>
/// <param name="Encoding">Its compression; null if none.</param>
internal sealed record StudioFile(string Path, string ContentType, string Tag, bool IsHashed, string? Encoding = null);
