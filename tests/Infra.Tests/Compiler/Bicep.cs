using System.Diagnostics;
using System.Reflection;

namespace Darkroom.Infra.Tests.Compiler;

/// <summary>The Bicep compiler that NuGet has fetched for this machine.</summary>
internal static class Bicep
{
    /// <summary>The path of the compiler.</summary>
    public static string Executable { get; } = typeof(Bicep).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(metadata => metadata.Key == "BicepExecutable").Value!;

    /// <summary>
    /// Compiles a file and its modules. The compiler also runs the linter, so the result includes the findings of the linter.
    /// </summary>
    public static BicepRun Build(string file) => Run("build", file, "--stdout", "--no-restore");

    public static BicepRun Lint(string file) => Run("lint", file, "--no-restore");

    /// <summary>Lints every file of a folder in one run.</summary>
    public static BicepRun LintAll(string folder) => Run("lint", "--pattern", Path.Combine(folder, "*.bicep"), "--no-restore");

    private static BicepRun Run(params string[] arguments)
    {
        using var process = Process.Start(
            new ProcessStartInfo(
                Executable, arguments)
            { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true })!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return new BicepRun(
            process.ExitCode, output, errors.Result.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
    }
}

/// <param name="ExitCode">0 unless a finding is an error.</param>
/// <param name="Output">The ARM template of a build; empty for a lint.</param>
/// <param name="Findings">What the compiler and its linter report, of every level, one line each.</param>
internal sealed record BicepRun(int ExitCode, string Output, IReadOnlyList<string> Findings);
