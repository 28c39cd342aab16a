namespace Darkroom.Bench;

/// <summary>
/// A benchmark. It does not use a micro-benchmark library, because most benchmarks here measure a whole process with sockets and files, in
/// one long run that includes the baseline.
/// </summary>
internal abstract class Benchmark
{
    public abstract string Name { get; }

    public abstract string About { get; }

    public abstract Task<IReadOnlyList<Result>> RunAsync();
}

/// <summary>One measured value with its goal.</summary>
internal sealed record Result(string What, string Measured, string Goal, bool Holds)
{
    public static Result AtLeast(string what, double measured, double goal, string unit) =>
        new(what, $"{measured:#,0.##} {unit}", $"at least {goal:#,0.##}", measured >= goal);

    public static Result AtMost(string what, double measured, double goal, string unit) =>
        new(what, $"{measured:#,0.##} {unit}", $"at most {goal:#,0.##}", measured <= goal);

    public static Result Note(string what, double measured, string unit) => new(what, $"{measured:#,0.##} {unit}", "none", Holds: true);

    public override string ToString() => $"{(Holds ? "ok  " : "MISS")} {What,-58} {Measured,22}   (goal: {Goal})";
}
