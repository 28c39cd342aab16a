using System.IO.Compression;
using System.Text;

namespace Darkroom.Infra.Tests.Secrets;

/// <summary>
/// Searches the files that a run of the tests leaves behind: for the tokens of the tests, and for texts that look like secrets.
/// </summary>
internal static class LeftFiles
{
    // Binary files are searched for the tokens only: random bytes match patterns by chance.
    private const int MaxPatternBytes = 8 << 20;

    // Hashes of packages and scripts look like long random texts.
    private static readonly string[] Expected = ["a long random text"];

    /// <summary>The folders that the tests, the benchmarks and the builds write to.</summary>
    public static IReadOnlyList<string> Folders { get; } = ["TestResults", "bench/results", "publish", "src/Studio/dist"];

    /// <summary>The tokens of the tests that run apps and clients.</summary>
    public static IReadOnlyList<string> Tokens { get; } = ["ms-5f0c6b1e-secret-token", "ms-2f1c9d5e-token", "ms-test-token"];

    /// <summary>The number of searched files and archive entries below a folder, and what was found in them.</summary>
    public static (int Searched, IReadOnlyList<string> Found) Search(string folder)
    {
        var (searched, found) = (0, new List<string>());
        if (Directory.Exists(folder))
        {
            foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
            {
                foreach (var (name, content) in Contents(file, File.ReadAllBytes(file)))
                {
                    searched++;
                    found.AddRange(Find(content).Select(what => $"{name} contains {what}"));
                }
            }
        }

        return (searched, found);
    }

    // A file itself, and what is in it if it is compressed. A trace of a browser is a zip file.
    private static IEnumerable<(string Name, byte[] Content)> Contents(string name, byte[] content)
    {
        yield return (name, content);
        if (name.EndsWith(".gz", StringComparison.Ordinal))
            yield return (name, Read(new GZipStream(new MemoryStream(content), CompressionMode.Decompress)));
        if (name.EndsWith(".br", StringComparison.Ordinal))
            yield return (name, Read(new BrotliStream(new MemoryStream(content), CompressionMode.Decompress)));
        if (!content.AsSpan().StartsWith("PK\u0003\u0004"u8))
            yield break;
        using var archive = new ZipArchive(new MemoryStream(content));
        foreach (var entry in archive.Entries)
        {
            foreach (var inner in Contents($"{name}/{entry.FullName}", Read(entry.Open())))
                yield return inner;
        }
    }

    private static IEnumerable<string> Find(byte[] content)
    {
        // Assemblies contain texts in UTF-16.
        foreach (var token in Tokens.SelectMany(token => (byte[][])[Encoding.UTF8.GetBytes(token), Encoding.Unicode.GetBytes(token)]))
        {
            if (content.AsSpan().IndexOf(token) >= 0)
                yield return "a token of the tests";
        }

        if (content.Length > MaxPatternBytes || content.AsSpan().Contains((byte)0))
            yield break;
        var text = Encoding.UTF8.GetString(content);
        foreach (var (name, pattern) in SecretShapes.All)
        {
            if (!Expected.Contains(name) && pattern.IsMatch(text))
                yield return $"what looks like {name}";
        }
    }

    private static byte[] Read(Stream stream)
    {
        using (stream)
        {
            using var all = new MemoryStream();
            stream.CopyTo(all);
            return all.ToArray();
        }
    }
}
