using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using Darkroom.LocalHost.Hosting;

namespace Darkroom.LocalHost.Http;

/// <summary>Keeps the keys beside the state: made once, readable by their owner only, and never written anywhere else.</summary>
internal static class KeyFile
{
    private static readonly JsonSerializerOptions Readable = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public static string PathIn(string stateDirectory) => Path.Combine(stateDirectory, "keys.json");

    /// <summary>The keys that are there, or new ones.</summary>
    /// <exception cref="StartException">What is there are no keys.</exception>
    public static FunctionKeys Open(string stateDirectory)
    {
        var path = PathIn(stateDirectory);
        return File.Exists(path) ? Read(path) : Create(stateDirectory, path);
    }

    private static FunctionKeys Read(string path)
    {
        try
        {
            if (JsonSerializer.Deserialize<FunctionKeys>(File.ReadAllBytes(path), Readable) is { IsComplete: true } keys)
                return keys;
        }
        catch (JsonException)
        {
            // What is in it is not for a message.
        }

        throw new StartException($"{path} does not hold the keys master, default and system. Delete it, and new ones are made.");
    }

    private static FunctionKeys Create(string stateDirectory, string path)
    {
        var keys = new FunctionKeys { Master = NewKey(), Default = NewKey(), System = NewKey() };
        StateFile.Write(stateDirectory, path, JsonSerializer.SerializeToUtf8Bytes(keys, Readable));
        return keys;
    }

    private static string NewKey() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
}
