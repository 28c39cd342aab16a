using System.Security.Cryptography;
using System.Text;

namespace Darkroom.Requests;

/// <summary>Ids of jobs and batches: 26 letters and digits that encode 128 bits.</summary>
public static class JobIds
{
    private const string Alphabet = "0123456789abcdefghjkmnpqrstvwxyz";
    private const int Length = 26;

    // The limit leaves room for what is appended to an id: the number of a task, the line of a batch.
    private const int LongestGiven = 80;

    public static string New() => Write(RandomNumberGenerator.GetBytes(16));

    /// <summary>
    /// The id that belongs to an idempotency key. The same key always gives the same id; the keys of different callers give different ids.
    /// </summary>
    public static string Of(string key, string? caller) =>
        Write(SHA256.HashData(Encoding.UTF8.GetBytes($"darkroom-job\n{caller}\n{key}")).AsSpan(0, 16));

    /// <summary>
    /// Whether <paramref name="id"/> is allowed as an id, generated or given with a queue message. An id must not change the meaning of a
    /// path, and must stay valid when a number is appended.
    /// </summary>
    public static bool IsValid(string? id) =>
        id is { Length: > 0 and <= LongestGiven } && char.IsAsciiLetterOrDigit(id[0]) && id[^1] != '.'
        && id.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.')
            && !id.Contains("..", StringComparison.Ordinal);

    /// <summary>
    /// Whether an id has the form of an id that Darkroom derives from another one. An id of this form that a sender chooses could collide
    /// with a derived id.
    /// </summary>
    public static bool IsPart(string? id) =>
        id is not null && id.LastIndexOf('.') is var dot && dot >= 0 && dot < id.Length - 1
            && id.AsSpan(dot + 1).IndexOfAnyExceptInRange('0', '9') < 0;

    /// <summary>The id of the instance that runs one task of a job. A job with one task runs the task itself.</summary>
    public static string OfTask(string jobId, int task, int tasks) => tasks == 1 ? jobId : $"{jobId}.{task}";

    private static string Write(ReadOnlySpan<byte> bits)
    {
        var id = new StringBuilder(Length);
        UInt128 rest = 0;
        foreach (var next in bits)
            rest = (rest << 8) | next;
        for (var i = 0; i < Length; i++, rest >>= 5)
            id.Append(Alphabet[(int)(rest & 31)]);
        return id.ToString();
    }
}
