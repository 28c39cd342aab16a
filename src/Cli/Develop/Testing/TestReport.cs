namespace Darkroom.Cli.Develop.Testing;

/// <summary>
/// Prints what <c>darkroom test</c> does: a line when a step begins, a line with its result, and its output if it failed.
/// </summary>
internal sealed class TestReport(TextWriter output)
{
    private const int NameWidth = 20;

    private readonly Lock _writing = new();

    public void Begin(string name) => Write($"› {name}");

    public void End(string name, TestCount count, TimeSpan took, string printed)
    {
        var mark = count.Failed == 0 ? "✓" : "✗";
        var line = $"{mark} {name.PadRight(NameWidth)} {DevelopWords.StepResult.With(count.Passed, count.Failed, took.TotalSeconds)}";
        Write(count.Failed == 0 ? line : $"{printed.TrimEnd()}{Environment.NewLine}{line}");
    }

    /// <summary>Prints that a step is done that counts nothing.</summary>
    public void Done(string name, TimeSpan took) =>
        Write($"✓ {name.PadRight(NameWidth)} {DevelopWords.StepDone.With(took.TotalSeconds)}");

    /// <summary>The last line. Scripts read it, so it has no other language.</summary>
    public void Sum(TestCount count) => Write($"{count.Passed} passed, {count.Failed} failed");

    public void Write(string text)
    {
        lock (_writing)
            output.WriteLine(text);
    }
}
