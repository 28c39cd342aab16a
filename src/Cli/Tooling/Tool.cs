using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace Darkroom.Cli.Tooling;

/// <summary>Runs programs to their end. If the command is interrupted, it ends them with everything that they started.</summary>
internal static class Tool
{
    /// <summary>Returned for a program that does not exist, as shells do.</summary>
    public const int NotFound = 127;

    /// <summary>Runs a program and collects its output.</summary>
    public static async Task<ToolResult> RunAsync(ToolCall call, CancellationToken cancellation)
    {
        var start = StartOf(call);
        start.RedirectStandardInput = start.RedirectStandardOutput = start.RedirectStandardError = true;
        using var process = TryStart(start);
        if (process is null)
            return new ToolResult(NotFound, "");
        var (output, answer) = (new StringBuilder(), new StringBuilder());
        await Task.WhenAll(
            ReadAsync(process.StandardOutput, output, answer), ReadAsync(process.StandardError, output), WriteAsync(process, call.Input),
            EndAsync(process, cancellation));
        cancellation.ThrowIfCancellationRequested();
        return new ToolResult(process.ExitCode, output.ToString()) { Answer = answer.ToString() };
    }

    /// <summary>Runs a program on the console of this process, and returns its exit code.</summary>
    public static async Task<int> ShowAsync(ToolCall call, CancellationToken cancellation)
    {
        using var process = TryStart(StartOf(call)) ?? throw CommandException.Failed(DevelopWords.ProgramMissing.With(call.Program));
        await EndAsync(process, cancellation);
        return process.ExitCode;
    }

    private static async Task EndAsync(Process process, CancellationToken cancellation)
    {
        await using var _ = cancellation.Register(() => process.Kill(entireProcessTree: true));
        await process.WaitForExitAsync(CancellationToken.None);
    }

    private static async Task ReadAsync(StreamReader from, StringBuilder to, StringBuilder? also = null)
    {
        while (await from.ReadLineAsync(CancellationToken.None) is { } line)
        {
            lock (to)
                to.AppendLine(line);
            also?.AppendLine(line);
        }
    }

    private static async Task WriteAsync(Process process, string? input)
    {
        try
        {
            if (input is not null)
                await process.StandardInput.WriteAsync(input);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // The program ended without reading its input. Its exit code says whether that is an error.
        }
    }

    private static Process? TryStart(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start);
        }
        catch (Win32Exception)
        {
            return null;
        }
    }

    private static ProcessStartInfo StartOf(ToolCall call)
    {
        var start = new ProcessStartInfo(SearchPath.Find(call.Program) ?? call.Program, call.Arguments)
        {
            UseShellExecute = false,
            WorkingDirectory = call.Directory ?? "",
        };
        foreach (var (name, value) in call.Environment)
            start.Environment[name] = value;
        return start;
    }
}
