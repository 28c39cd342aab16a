using Darkroom.Api.Studio;

namespace Darkroom.Functions.Tests.Api.Studio;

public sealed class StudioFilesTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("darkroom-studio-");
    private readonly StudioFiles _files;

    public StudioFilesTests()
    {
        Directory.CreateDirectory(Path.Combine(_folder.FullName, "assets"));
        string[] names = ["index.html", "index.html.br", "favicon.svg", "assets/a-1.js", "assets/a-1.js.br", "assets/a-1.js.gz"];
        foreach (var name in names)
            File.WriteAllText(Path.Combine(_folder.FullName, name), name);
        _files = new StudioFiles(_folder.FullName);
    }

    [Theory]
    [InlineData("")]
    [InlineData("gallery")]
    [InlineData("batches/abc")]
    public void Find_PlaceWithinThePage_IsThePageItself(string path)
    {
        var page = _files.Find(path, "")!;
        Assert.Equal("text/html; charset=utf-8", page.ContentType);
        Assert.False(page.IsHashed);
    }

    [Theory]
    [InlineData("gzip, deflate, br", "br")]
    [InlineData("gzip", "gzip")]
    [InlineData("deflate", null)]
    [InlineData("", null)]
    public void Find_AcceptedEncodings_ChooseTheSmallestTwin(string accepted, string? encoding)
    {
        var file = _files.Find("assets/a-1.js", accepted)!;
        Assert.Equal(encoding, file.Encoding);
        Assert.Equal("text/javascript; charset=utf-8", file.ContentType);
        Assert.True(file.IsHashed);
    }

    [Fact]
    public void Find_FileWithoutTwin_IsSentAsItIs() => Assert.Null(_files.Find("favicon.svg", "br")!.Encoding);

    [Theory]
    [InlineData("assets/none.js")]
    [InlineData("../host.json")]
    [InlineData("assets/../../host.json")]
    [InlineData("%2e%2e/host.json")]
    public void Find_AnythingElse_IsNotFound(string path) => Assert.Null(_files.Find(path, "br"));

    [Fact]
    public void Find_TwinsOfOneFile_HaveDifferentTags()
    {
        var tags = new[] { "br", "gzip", "" }.Select(accepted => _files.Find("assets/a-1.js", accepted)!.Tag);
        Assert.Equal(3, tags.Distinct().Count());
    }

    [Fact]
    public void AreBuilt_WithoutFolder_IsFalse() => Assert.False(new StudioFiles(Path.Combine(_folder.FullName, "none")).AreBuilt);

    public void Dispose() => _folder.Delete(recursive: true);
}
