using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Darkroom.Simulator.Tasks;

namespace Darkroom.Simulator.Pictures;

/// <summary>
/// Links to pictures: short-lived and signed, as an object store's are. Nothing is kept; a link says all there is to know.
/// </summary>
internal sealed class PictureLinks(TimeProvider time)
{
    private readonly byte[] _key = RandomNumberGenerator.GetBytes(32);

    /// <summary>A fresh link, the <paramref name="number"/>th of its task.</summary>
    public string Make(string host, SimulatedTask task, int index, int number, double seconds)
    {
        var path = $"/img/{task.Id}-{index}.{(task.Twists.Jpeg ? "jpeg" : "png")}";
        // Milliseconds: the real store counts seconds, but tests want shorter lives.
        var expires = time.GetUtcNow().AddSeconds(seconds).ToUnixTimeMilliseconds();
        return $"{host}{path}?Expires={expires}&Link={number}&Signature={Sign(task.Id, index, expires, number)}";
    }

    /// <summary>Whether a link is one of ours and still lives; its number is the answer's other half.</summary>
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
