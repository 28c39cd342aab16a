namespace Darkroom.Infra.Tests.Compiler;

/// <summary>Each mistake is a small Bicep file, and the compiler or its linter reports it under the given code.</summary>
public sealed class MistakeTests(MistakeRun run) : IClassFixture<MistakeRun>
{
    public static TheoryData<string> Names => [.. Mistakes.All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Lint_Mistake_IsReported(string name) =>
        Assert.Contains(run.FindingsOf(name), finding => finding.Contains($" {Mistakes.All[name].Code}:", StringComparison.Ordinal));
}
