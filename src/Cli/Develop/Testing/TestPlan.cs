namespace Darkroom.Cli.Develop.Testing;

/// <summary>
/// What <c>darkroom test</c> runs, after the build. A new step is one line here: a check (counts as one), a test program, or any program
/// that prints <c>N passed, N failed</c> as its last line (<see cref="TestStep.Counted"/>).
/// </summary>
internal static class TestPlan
{
    public static IReadOnlyList<TestStep> Steps { get; } =
    [
        // White space only: the build has checked all other rules, because its warnings are errors.
        TestStep.Check(
            "Format", Lane.Checks, "dotnet", "format", "whitespace", "Darkroom.slnx", "--no-restore", "--verify-no-changes"),
        TestStep.Check("openapi.yaml", Lane.Checks, "node", "node_modules/@redocly/cli/bin/cli.js", "lint"),
        TestStep.Check("docs/api.md", Lane.Checks, "node", "eng/api-reference.mjs", "--check"),
        TestStep.Check("The page: types, lint, format", Lane.Checks, "npm", "run", "--silent", "studio:check"),
        TestStep.Counted("The page: its parts", Lane.Checks, "npm", "run", "--silent", "studio:unit"),

        TestStep.Tests("LocalHost.Tests", Lane.Waiting),
        TestStep.Tests("Cli.Tests", Lane.Waiting),

        TestStep.Counted("The page: in a browser", Lane.Browser, "npm", "run", "--silent", "studio:e2e") with { NeedsChromium = true },

        TestStep.Tests("Functions.Tests", Lane.Computing),
        TestStep.Tests("Infra.Tests", Lane.Computing),
        TestStep.Tests("ModelScope.Tests", Lane.Computing),
        TestStep.Tests("Simulator.Tests", Lane.Computing),
        TestStep.Counted("Fuzz", Lane.Computing, "dotnet", "tests/Fuzz/bin/Release/net10.0/Darkroom.Fuzz.dll", "--short"),

        TestStep.Tests("EndToEnd", Lane.Alone),

        // The other steps have written their files by now.
        TestStep.Tests("Infra.Tests", Lane.Alone, "-class", "*.LeftFilesTests") with { Name = "Files left behind" },
    ];
}
