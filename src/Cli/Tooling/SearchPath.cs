namespace Darkroom.Cli.Tooling;

/// <summary>Finds programs in PATH. On Windows they have different extensions: <c>npm.cmd</c>, <c>node.exe</c>.</summary>
internal static class SearchPath
{
    public static string? Find(string program) =>
        Find(program, Environment.GetEnvironmentVariable, File.Exists, OperatingSystem.IsWindows());

    internal static string? Find(string program, Func<string, string?> variable, Func<string, bool> exists, bool isWindows)
    {
        if (program.AsSpan().IndexOfAny('/', '\\') >= 0)
            return exists(program) ? program : null;
        var endings = isWindows ? (variable("PATHEXT") ?? ".COM;.EXE;.BAT;.CMD").Split(';') : [""];
        return (variable("PATH") ?? "")
            .Split(isWindows ? ';' : ':', StringSplitOptions.RemoveEmptyEntries)
            .SelectMany(folder => endings.Select(ending => Path.Combine(folder, program + ending)))
            .FirstOrDefault(exists);
    }
}
