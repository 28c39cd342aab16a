using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Darkroom.Durable;

namespace Darkroom.Webhooks;

/// <summary>
/// When a message is sent again, as Standard Webhooks recommends. A jitter keeps messages that failed together from being sent together
/// again. It follows from the message, so that every replay gives the same time.
/// </summary>
public static class DeliverySchedule
{
    private const double MaxJitter = 0.1;
    private static readonly TimeSpan LongestRetryAfter = TimeSpan.FromDays(1);

    // The wait before each attempt.
    private static readonly TimeSpan[] Waits =
    [
        TimeSpan.Zero, TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(30), TimeSpan.FromHours(2),
        TimeSpan.FromHours(5), TimeSpan.FromHours(10), TimeSpan.FromHours(14), TimeSpan.FromHours(20), TimeSpan.FromHours(24),
    ];

    /// <summary>The number of attempts before a message is given up.</summary>
    public static int Attempts => Waits.Length;

    /// <summary>
    /// The wait before an attempt: the scheduled time plus up to a tenth of it, or the time that the receiver asked for if that is longer.
    /// </summary>
    /// <param name="attempt">The number of the attempt, from 0.</param>
    /// <param name="messageId">The id of the message.</param>
    /// <param name="retryAfter">What the receiver asked for; at most one day counts.</param>
    public static TimeSpan WaitBefore(int attempt, string messageId, TimeSpan retryAfter)
    {
        var wait = TimerResolution.Fit(Waits[attempt] * (1 + (MaxJitter * Fraction($"{messageId}/{attempt}"))));
        var asked = TimerResolution.Fit(retryAfter < LongestRetryAfter ? retryAfter : LongestRetryAfter);
        return asked > wait ? asked : wait;
    }

    private static double Fraction(string seed) =>
        BinaryPrimitives.ReadUInt32LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(seed))) / (double)uint.MaxValue;
}
