using System.Diagnostics;

namespace Darkroom.Fuzz.Findings;

/// <summary>Shortens an input as long as it still shows the same finding.</summary>
internal static class Minimizer
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    public static byte[] Shorten(byte[] input, Func<byte[], bool> shows)
    {
        var began = Stopwatch.GetTimestamp();
        for (var piece = input.Length / 2; piece > 0; piece /= 2)
        {
            for (var at = 0; at < input.Length && Stopwatch.GetElapsedTime(began) < Longest;)
            {
                byte[] shorter = [.. input.AsSpan(0, at), .. input.AsSpan(Math.Min(input.Length, at + piece))];
                if (shows(shorter))
                    input = shorter;
                else
                    at += piece;
            }
        }

        return input;
    }
}
