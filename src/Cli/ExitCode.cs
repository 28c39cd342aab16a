namespace Darkroom.Cli;

/// <summary>The exit codes, which scripts rely on.</summary>
internal static class ExitCode
{
    public const int Ok = 0;

    /// <summary>The request was refused, or the job ended without all requested pictures.</summary>
    public const int Failed = 1;

    /// <summary>The command line is wrong.</summary>
    public const int Usage = 2;

    /// <summary>The server cannot be reached.</summary>
    public const int Unreachable = 3;

    /// <summary>Interrupted while waiting. 130 is what shells use after Ctrl-C.</summary>
    public const int Interrupted = 130;

    /// <summary>What the code means, in the current language.</summary>
    public static string MeaningOf(int code) => code switch
    {
        Ok => Words.ExitOk,
        Failed => Words.ExitFailed,
        Usage => Words.ExitUsage,
        Unreachable => Words.ExitUnreachable,
        Interrupted => Words.ExitInterrupted,
        _ => throw new ArgumentOutOfRangeException(nameof(code), code, "The code has no meaning."),
    };
}
