using Darkroom.Cli.Develop;

namespace Darkroom.Cli.Tests.Develop;

public sealed class SourceTimeTests : IDisposable
{
    private static readonly DateTime Then = new(2026, 11, 30, 8, 0, 0, DateTimeKind.Utc);

    private readonly TempFolder _folder = new();

    public SourceTimeTests()
    {
        foreach (var folder in new[] { "src/App/Deep", "src/App/obj", "src/App/node_modules" })
            Directory.CreateDirectory(_folder[folder]);
        string[] files = ["src/App/a.cs", "src/App/Deep/b.cs", "src/App/obj/c.cs", "src/App/node_modules/d.js", "global.json", "built"];
        foreach (var file in files)
            File.WriteAllText(_folder[file], "");
        foreach (var path in Directory.EnumerateFileSystemEntries(_folder.Path, "*", SearchOption.AllDirectories))
            Directory.SetLastWriteTimeUtc(path, Then);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void IsNewer_NothingChanged_IsFalse() => Assert.False(IsNewer());

    [Fact]
    public void IsNewer_NotBuilt_IsTrue() => Assert.True(SourceTime.IsNewer(_folder["none"], _folder.Path, []));

    [Theory]
    [InlineData("src/App/a.cs", true)]
    [InlineData("src/App/Deep/b.cs", true)]
    [InlineData("src/App/Deep", true)]
    [InlineData("global.json", true)]
    [InlineData("src/App/obj/c.cs", false)]
    [InlineData("src/App/obj", false)]
    [InlineData("src/App", false)]
    [InlineData("src/App/node_modules/d.js", false)]
    public void IsNewer_ChangeOfASource_IsTrue(string changed, bool isNewer)
    {
        Directory.SetLastWriteTimeUtc(_folder[changed], Then.AddSeconds(1));

        Assert.Equal(isNewer, IsNewer());
    }

    private bool IsNewer() => SourceTime.IsNewer(_folder["built"], _folder.Path, ["src", "global.json", "missing"]);
}
