using System.Security.Cryptography;
using System.Text;
using Darkroom.Cli.Pictures;
using Darkroom.TestKit;
using FsCheck.Fluent;

namespace Darkroom.Cli.Tests.Pictures;

public sealed class PictureFolderTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Save_NewName_UsesTheName()
    {
        var path = await SaveAsync("cat", "cat.png");

        Assert.Equal(_folder["cat.png"], path);
        Assert.Equal("cat", await File.ReadAllTextAsync(path));
    }

    [Fact]
    public async Task Save_NameExists_NumbersADifferentPictureAndKeepsTheSameOne()
    {
        await SaveAsync("cat", "cat.png");

        Assert.Equal(_folder["cat-2.png"], await SaveAsync("dog", "cat.png"));
        Assert.Equal(_folder["cat-3.png"], await SaveAsync("cow", "cat.png"));
        Assert.Equal(_folder["cat.png"], await SaveAsync("cat", "cat.png"));
        Assert.Equal(_folder["cat-3.png"], await SaveAsync("cow", "cat.png"));
        Assert.Equal(["cat-2.png", "cat-3.png", "cat.png"], _folder.Files);
    }

    [Fact]
    public async Task Save_FolderOfThatNameExists_UsesANumberedName()
    {
        Directory.CreateDirectory(_folder["cat.png"]);

        Assert.Equal(_folder["cat-2.png"], await SaveAsync("cat", "cat.png"));
    }

    [Fact]
    public async Task Save_WrongHash_ThrowsAndLeavesNoFile()
    {
        using var content = new MemoryStream("cut"u8.ToArray());

        await Assert.ThrowsAsync<InvalidDataException>(
            () => new PictureFolder(_folder.Path).SaveAsync(content, "cat.png", HashOf("cat"), CancellationToken.None));

        Assert.Empty(_folder.Files);
    }

    [Fact]
    public async Task Save_Concurrently_LosesNoPicture()
    {
        var contents = Enumerable.Range(0, 24).Select(number => $"picture {number % 12}").ToArray();

        await Task.WhenAll(contents.Select(content => SaveAsync(content, "cat.png")));

        var saved = _folder.Files.Select(file => File.ReadAllText(_folder[file])).ToHashSet();
        Assert.True(saved.SetEquals(contents));
    }

    [Fact]
    public void Save_AnySequence_KeepsEachPictureOnceAndUnchanged() =>
        Properties.ForAll(Gen.Elements("a", "b", "c", "d").ListOf(), contents =>
        {
            using var folder = new TempFolder();
            var paths = contents.Select(content => SaveAsync(content, "cat.png", folder.Path).GetAwaiter().GetResult()).ToArray();
            return folder.Files.Length == contents.Distinct().Count()
                && paths.Zip(contents).All(saved => File.ReadAllText(saved.First) == saved.Second);
        }, cases: 100);

    private Task<string> SaveAsync(string content, string name) => SaveAsync(content, name, _folder.Path);

    private static async Task<string> SaveAsync(string content, string name, string folder)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(content));
        return await new PictureFolder(folder).SaveAsync(stream, name, HashOf(content), CancellationToken.None);
    }

    private static string HashOf(string content) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(content)));
}
