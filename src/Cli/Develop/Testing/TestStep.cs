using Darkroom.Cli.Tooling;

namespace Darkroom.Cli.Develop.Testing;

/// <summary>A step of <c>darkroom test</c>: a program, and how its output is counted.</summary>
/// <param name="Name">The name in the report.</param>
/// <param name="Lane">When it runs.</param>
/// <param name="Counts">How its output is counted.</param>
/// <param name="Call">The program.</param>
internal sealed record TestStep(string Name, Lane Lane, Counting Counts, ToolCall Call)
{
    /// <summary>Whether the step gets the path of a browser in <see cref="ChromiumSearch.Variable"/>.</summary>
    public bool NeedsChromium { get; init; }

    /// <summary>A check: it counts as one, which passes if the program exits with 0.</summary>
    public static TestStep Check(string name, Lane lane, params string[] command) =>
        new(name, lane, Counting.ExitCode, new ToolCall(command[0], command[1..]));

    /// <summary>A program whose last line is <c>N passed, N failed</c>.</summary>
    public static TestStep Counted(string name, Lane lane, params string[] command) =>
        new(name, lane, Counting.LastLine, new ToolCall(command[0], command[1..]));

    /// <summary>A test program of the folder <c>tests</c>.</summary>
    public static TestStep Tests(string name, Lane lane, params string[] options) =>
        new(
            name,
            lane,
            Counting.Xunit,
            new ToolCall("dotnet", [$"tests/{name}/bin/Release/net10.0/Darkroom.{name}.dll", "-noColor", "-noLogo", .. options]));
}

/// <summary>When a step runs. The lanes except <see cref="Alone"/> run side by side; the steps of a lane run one after the other.</summary>
internal enum Lane
{
    /// <summary>Steps that wait most of the time, because they start programs.</summary>
    Waiting,

    /// <summary>Steps that drive a browser.</summary>
    Browser,

    /// <summary>Steps that compute.</summary>
    Computing,

    /// <summary>Short checks of sources.</summary>
    Checks,

    /// <summary>Steps that need the machine for themselves. They run at the end.</summary>
    Alone,
}

/// <summary>How the output of a step is counted.</summary>
internal enum Counting
{
    /// <summary>As one check.</summary>
    ExitCode,

    /// <summary>By the summary of xUnit.</summary>
    Xunit,

    /// <summary>By a last line <c>N passed, N failed</c>.</summary>
    LastLine,
}
