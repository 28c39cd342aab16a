using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Darkroom.LocalHost.Http;

/// <summary>
/// The key that callers must send if the host was started with --require-key: for functions, web hooks and the admin endpoints.
/// </summary>
internal sealed class AccessKey
{
    private readonly byte[]? _key;

    private AccessKey(string? key) => (_key, Value) = (key is null ? null : Encoding.UTF8.GetBytes(key), key);

    /// <summary>The key; null when none is required.</summary>
    public string? Value { get; }

    /// <summary>No key is required.</summary>
    public static AccessKey None { get; } = new(null);

    /// <summary>Reads the key from a file. Creates the file with a random key if it does not exist; only its owner can read it.</summary>
    public static AccessKey InFile(string path)
    {
        if (!File.Exists(path))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            using var file = new FileStream(path, options);
            file.Write(Encoding.ASCII.GetBytes(RandomNumberGenerator.GetHexString(40, lowercase: true)));
        }

        return File.ReadAllText(path).Trim() is { Length: > 0 } key
            ? new AccessKey(key)
            : throw new StartException($"The key file {path} is empty. Delete it; the host then creates a new key.");
    }

    /// <summary>Whether a request has the key, in the header <c>x-functions-key</c> or as the query parameter <c>code</c>.</summary>
    public bool Admits(HttpRequest request)
    {
        if (_key is null)
            return true;
        var shown = request.Headers.TryGetValue("x-functions-key", out var header) ? header.ToString() : request.Query["code"].ToString();
        return CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(shown), _key);
    }
}
