using System.Runtime.InteropServices;

namespace Darkroom.Cli.Develop;

/// <summary>
/// The contract with the scripts <c>darkroom</c> and <c>darkroom.cmd</c>. They build this program into a folder of its own, which no other
/// build writes, and start it. The program checks if its sources are newer; if so, it starts the script again, which builds first.
/// </summary>
internal static partial class Shim
{
    /// <summary>Asks <c>darkroom.cmd</c> to build the command and to start it again. No command returns this code.</summary>
    public const int Rebuild = 247;

    /// <summary>The variable with the folder of the script. Without it, the program was not started by the script.</summary>
    private const string RootVariable = "DARKROOM_ROOT";

    /// <summary>The variable that asks the script <c>darkroom</c> to build first (1). After a build it is "done".</summary>
    private const string RebuildVariable = "DARKROOM_REBUILD";

    // The script creates this file in the program's folder when the build begins.
    private const string BuiltFile = "built";

    private static readonly string[] Sources = [
        "src/Cli", "src/ModelScope", "eng/LoopbackProxy.cs", "Directory.Build.props", "Directory.Packages.props", "global.json",
        ".editorconfig", ".globalconfig", "darkroom"];

    /// <summary>The checkout that the script belongs to; null if the program was started in another way.</summary>
    public static string? Root { get; } = TakeRoot();

    /// <summary>
    /// Whether this program is older than its sources. It then replaces itself by the script, so that this method does not return, or on
    /// Windows, where a process cannot do that, the caller must exit with <see cref="Rebuild"/>.
    /// </summary>
    public static bool MustRebuild(IReadOnlyList<string> arguments)
    {
        var isJustBuilt = Environment.GetEnvironmentVariable(RebuildVariable) is { Length: > 0 };
        Environment.SetEnvironmentVariable(RebuildVariable, null);
        if (Root is not { } root || isJustBuilt || !SourceTime.IsNewer(Path.Combine(AppContext.BaseDirectory, BuiltFile), root, Sources))
            return false;
        if (!OperatingSystem.IsWindows())
        {
            _ = SetVariable(RebuildVariable, "1", overwrite: 1);
            // The process id stays the same, so signals reach the command. Nothing else runs in this process yet.
            _ = Execute(Path.Combine(root, "darkroom"), [Path.Combine(root, "darkroom"), .. arguments, null]);
        }

        return true;
    }

    // Programs that this one starts can start another build of the command, such as tests do. They must not inherit the variable.
    private static string? TakeRoot()
    {
        var root = Environment.GetEnvironmentVariable(RootVariable);
        Environment.SetEnvironmentVariable(RootVariable, null);
        return root is { Length: > 0 } && File.Exists(Path.Combine(AppContext.BaseDirectory, BuiltFile)) ? root : null;
    }

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetVariable(string name, string value, int overwrite);

    [LibraryImport("libc", EntryPoint = "execv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Execute(string path, string?[] arguments);
}
