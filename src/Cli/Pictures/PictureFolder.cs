using System.Security.Cryptography;

namespace Darkroom.Cli.Pictures;

/// <summary>
/// A folder of pictures. A picture is written under a temporary name and moved to its final name after its hash is checked. It never
/// replaces another picture.
/// </summary>
internal sealed class PictureFolder(string path)
{
    /// <summary>Saves a picture. If the same picture exists under the same name, it is not saved again.</summary>
    /// <returns>The picture's path.</returns>
    /// <exception cref="InvalidDataException">The hash of the content is not <paramref name="sha256"/>.</exception>
    public async Task<string> SaveAsync(Stream content, string name, string sha256, CancellationToken cancellation)
    {
        Directory.CreateDirectory(path);
        var temporary = Path.Combine(path, $".{Guid.NewGuid():N}.part");
        try
        {
            var actual = await CopyAsync(content, temporary, cancellation);
            if (!actual.Equals(sha256, StringComparison.OrdinalIgnoreCase))
                throw new InvalidDataException(Words.PictureDamaged.With(name, actual, sha256));
            return await PlaceAsync(temporary, name, actual, cancellation);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    /// <summary>Saves the facts of a picture beside it, as <c>.json</c>. A file that exists is kept.</summary>
    public async Task SaveSidecarAsync(string json, string picture, CancellationToken cancellation)
    {
        var target = Path.ChangeExtension(picture, ".json");
        if (Path.Exists(target))
            return;
        var temporary = Path.Combine(path, $".{Guid.NewGuid():N}.part");
        try
        {
            await File.WriteAllTextAsync(temporary, json, cancellation);
            File.Move(temporary, target);
        }
        catch (IOException) when (Path.Exists(target))
        {
            // Another process has saved it in the meantime.
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    private async Task<string> PlaceAsync(string temporary, string name, string sha256, CancellationToken cancellation)
    {
        for (var number = 1; ; number++)
        {
            var target = Path.Combine(path, PictureNames.Numbered(name, number));
            if (TryClaim(target))
            {
                File.Move(temporary, target, overwrite: true);
                return target;
            }

            if (await IsSameAsync(target, new FileInfo(temporary).Length, sha256, cancellation))
                return target;
        }
    }

    // File.Move without overwrite checks and moves in two steps, so another process can take the name in between. CreateNew is atomic.
    private static bool TryClaim(string target)
    {
        try
        {
            using var claim = new FileStream(target, FileMode.CreateNew);
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException && Path.Exists(target))
        {
            return false;
        }
    }

    private static async Task<string> CopyAsync(Stream content, string temporary, CancellationToken cancellation)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await using var file = new FileStream(
            temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0, useAsync: true);
        var block = new byte[128 * 1024];
        while (await content.ReadAsync(block, cancellation) is var read && read > 0)
        {
            hash.AppendData(block, 0, read);
            await file.WriteAsync(block.AsMemory(0, read), cancellation);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static async Task<bool> IsSameAsync(string target, long length, string sha256, CancellationToken cancellation)
    {
        if (new FileInfo(target) is not { Exists: true } there || there.Length != length)
            return false;
        await using var file = File.OpenRead(target);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancellation)) == sha256;
    }
}
