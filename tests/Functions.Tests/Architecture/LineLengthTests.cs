using Darkroom.TestKit;

namespace Darkroom.Functions.Tests.Architecture;

/// <summary>Lines of code are at most 140 characters long. A literal that is longer has lines of its own.</summary>
public sealed class LineLengthTests
{
    private const int Most = 140;

    private static readonly string[] Folders = ["src", "tests", "bench", "eng"];

    [Fact]
    public void Lines_AreAtMost140CharactersLong() => Assert.Empty(
        from folder in Folders
        from file in Directory.EnumerateFiles(Path.Combine(Repository.Root, folder), "*.cs", SearchOption.AllDirectories)
        let path = Path.GetRelativePath(Repository.Root, file)
        where !path.Split(Path.DirectorySeparatorChar).Any(part => part is "obj" or "bin")
        from number in TooLong(File.ReadAllLines(file))
        select $"{path}:{number}");

    [Fact]
    public void Lines_WithALongLiteralOfTheirOwn_AreAllowed()
    {
        var words = new string('x', Most + 1);
        Assert.Equal([1], TooLong([$"return {words};"]));
        Assert.Empty(TooLong([$"    $\"{words}\","]));
        Assert.Empty(TooLong(["var text = \"\"\"", words, "\"\"\";"]));
        Assert.Equal([4], TooLong(["var text = \"\"\"", words, "\"\"\";", words]));
    }

    private static IEnumerable<int> TooLong(IReadOnlyList<string> lines)
    {
        var isRaw = false;
        for (var at = 0; at < lines.Count; at++)
        {
            var line = lines[at];
            var quotes = line.Split("\"\"\"").Length - 1;
            if (line.Length > Most && !isRaw && quotes % 2 == 0 && !line.TrimStart(' ', '+', '$', '@').StartsWith('"'))
                yield return at + 1;
            isRaw ^= quotes % 2 == 1;
        }
    }
}
