using System.IO.Compression;
using System.Text;
using Darkroom.TestKit;

namespace Darkroom.Infra.Tests.Secrets;

/// <summary>
/// The files that the builds and tests leave behind contain no secret. <c>darkroom test</c> runs this class once more at its end, when all
/// other tests have written their files.
/// </summary>
public sealed class LeftFilesTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("left-files-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Search_FilesOfThisCheckout_ContainNoSecret()
    {
        var searches = LeftFiles.Folders.Select(folder => LeftFiles.Search(Path.Combine(Repository.Root, folder))).ToArray();
        Assert.Empty(searches.SelectMany(search => search.Found));
        // The page is built before the tests.
        Assert.True(searches.Sum(search => search.Searched) > 0, "No file was found. Build the page first.");
    }

    [Theory]
    [InlineData("report.trx")]
    [InlineData("trace.zip")]
    [InlineData("page.js.gz")]
    [InlineData("page.js.br")]
    public void Search_TokenOfTheTests_IsFound(string name)
    {
        foreach (var token in LeftFiles.Tokens)
        {
            File.WriteAllBytes(Path.Combine(_folder.FullName, name), Packed(name, Encoding.UTF8.GetBytes($"Bearer {token}\n")));
            var found = LeftFiles.Search(_folder.FullName).Found;
            // Brotli stores a short text as it is, so it is found twice.
            Assert.NotEmpty(found);
            Assert.All(found, one => Assert.Contains("a token of the tests", one, StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Search_TokenInAnAssembly_IsFound()
    {
        File.WriteAllBytes(Path.Combine(_folder.FullName, "a.dll"), [0, 1, .. Encoding.Unicode.GetBytes(LeftFiles.Tokens[0]), 0]);
        Assert.Single(LeftFiles.Search(_folder.FullName).Found);
    }

    [Fact]
    public void Search_TextThatLooksLikeASecret_IsFound()
    {
        File.WriteAllText(Path.Combine(_folder.FullName, "a.log"), "Account" + "Key=Zm9vYmFyYmF6MTIzNDU2Nzg5MA==");
        File.WriteAllText(Path.Combine(_folder.FullName, "b.log"), "ms-" + "01234567-89ab-cdef-0123-456789abcdef");
        Assert.Equal(2, LeftFiles.Search(_folder.FullName).Found.Count);
    }

    [Fact]
    public void Search_PlainFiles_FindsNothing()
    {
        File.WriteAllText(Path.Combine(_folder.FullName, "a.log"), "info: sha512-Zm9vYmFyYmF6MTIzNDU2Nzg5MEFCQ0RFRkdISUpLTE1OT1A=");
        var (searched, found) = LeftFiles.Search(_folder.FullName);
        Assert.Equal(1, searched);
        Assert.Empty(found);
    }

    private static byte[] Packed(string name, byte[] content)
    {
        using var bytes = new MemoryStream();
        switch (Path.GetExtension(name))
        {
            case ".zip":
                using (var archive = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
                using (var entry = archive.CreateEntry("trace.network").Open())
                    entry.Write(content);
                break;
            case ".gz":
                using (var gzip = new GZipStream(bytes, CompressionLevel.Fastest, leaveOpen: true))
                    gzip.Write(content);
                break;
            case ".br":
                using (var brotli = new BrotliStream(bytes, CompressionLevel.Fastest, leaveOpen: true))
                    brotli.Write(content);
                break;
            default:
                bytes.Write(content);
                break;
        }

        return bytes.ToArray();
    }
}
