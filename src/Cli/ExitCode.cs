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

    /// <summary>The text about exit codes in the help.</summary>
    public const string Meaning =
        "Exit codes: 0 done, 1 refused or failed, 2 wrong usage, 3 no Darkroom answers, 130 interrupted while waiting.";
}
