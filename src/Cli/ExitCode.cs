namespace Darkroom.Cli;

/// <summary>What scripts go by.</summary>
internal static class ExitCode
{
    public const int Ok = 0;

    /// <summary>The request was refused, or the job ended without everything that was asked.</summary>
    public const int Failed = 1;

    /// <summary>The command line cannot be.</summary>
    public const int Usage = 2;

    /// <summary>No Darkroom answers.</summary>
    public const int Unreachable = 3;

    /// <summary>Interrupted while waiting; what shells expect after Ctrl-C.</summary>
    public const int Interrupted = 130;

    /// <summary>For the help.</summary>
    public const string Meaning =
        "Exit codes: 0 done, 1 refused or failed, 2 wrong usage, 3 no Darkroom answers, 130 interrupted while waiting.";
}
