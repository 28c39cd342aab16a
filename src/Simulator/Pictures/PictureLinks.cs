using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Darkroom.Simulator.Tasks;

namespace Darkroom.Simulator.Pictures;

/// <summary>
/// Creates and checks links to pictures. They are short-lived and signed, as the links of an object store are. Links are not stored: the
/// query string has everything that the check needs.
/// </summary>
internal sealed class PictureLinks(TimeProvider time)
{
    private readonly byte[] _key = RandomNumberGenerator.GetBytes(32);

    /// <summary>Creates the <paramref name="number"/>th link of a task.</summary>
    public string Make(string host, SimulatedTask task, int index, int number, double seconds)
    {
        var path = $"/img/{task.Id}-{index}.{(task.Twists.Jpeg ? "jpeg" : "png")}";
        // The real store counts seconds, but tests need shorter lifetimes.
        var expires = time.GetUtcNow().AddSeconds(seconds).ToUnixTimeMilliseconds();
        return $"{host}{path}?Expires={expires}&Link={number}&Signature={Sign(task.Id, index, expires, number)}";
    }

    /// <summary>Checks the signature and the expiry of a link, and returns its number.</summary>
    public bool IsAlive(string taskId, int index, IQueryCollection query, out int number)
    {
        number = 0;
        return long.TryParse(query["Expires"], CultureInfo.InvariantCulture, out var expires)
            && int.TryParse(query["Link"], CultureInfo.InvariantCulture, out number)
            && query["Signature"] == Sign(taskId, index, expires, number)
            && time.GetUtcNow().ToUnixTimeMilliseconds() < expires;
    }

    private string Sign(string taskId, int index, long expires, int number) =>
        Base64Url.EncodeToString(HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes($"{taskId}/{index}/{expires}/{number}")));
}
