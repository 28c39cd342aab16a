using System.Security.Cryptography;
using System.Text;

namespace Darkroom.Requests;

/// <summary>Ids of jobs: 26 letters and digits that stand for 128 bits.</summary>
public static class JobIds
{
    private const string Alphabet = "0123456789abcdefghjkmnpqrstvwxyz";
    private const int Length = 26;

    /// <summary>Leaves room for what is appended to an id: the number of a task, the line of a batch.</summary>
    private const int LongestGiven = 80;

    /// <summary>A new id.</summary>
    public static string New() => Write(RandomNumberGenerator.GetBytes(16));

    /// <summary>
    /// The id that belongs to an idempotency key, the same wherever and whenever it is asked. Callers have keys of their own.
    /// </summary>
    public static string Of(string key, string? caller) =>
        Write(SHA256.HashData(Encoding.UTF8.GetBytes($"darkroom-job\n{caller}\n{key}")).AsSpan(0, 16));

    /// <summary>
    /// Whether <paramref name="id"/> can be an id, ours or one given with a queue message: nothing that could travel in a path, or could
    /// not have a number appended.
    /// </summary>
    public static bool IsValid(string? id) =>
        id is { Length: > 0 and <= LongestGiven } && char.IsAsciiLetterOrDigit(id[0]) && id[^1] != '.'
        && id.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.')
            && !id.Contains("..", StringComparison.Ordinal);

    /// <summary>Whether an id is like one that Darkroom makes from another: given by somebody it could meet that one.</summary>
    public static bool IsPart(string? id) =>
        id is not null && id.LastIndexOf('.') is var dot && dot >= 0 && dot < id.Length - 1
            && id.AsSpan(dot + 1).IndexOfAnyExceptInRange('0', '9') < 0;

    /// <summary>The instance that runs one task of a job: the job itself when it has only one.</summary>
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
