using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using SharpFuzz;

namespace Darkroom.Fuzz.Coverage;

/// <summary>
/// Replaces the product's assemblies in the output folder of this program by instrumented ones. They are copies: the build outputs of the
/// product stay as they are, and a build of this program copies them again.
/// </summary>
internal static class Instrumentation
{
    private const string TraceAssembly = "SharpFuzz.Common";

    private static readonly string[] Assemblies = ["Darkroom.ModelScope.dll", "Darkroom.Functions.dll", "Darkroom.LocalHost.dll"];

    /// <summary>Instruments the assemblies that are not instrumented yet. They must not be loaded in this process.</summary>
    public static void Apply()
    {
        foreach (var name in Assemblies)
        {
            var path = Path.Combine(AppContext.BaseDirectory, name);
            if (!IsInstrumented(path))
                Instrument(path);
        }
    }

    // Instruments another copy and then renames it: a worker that starts in this moment sees one of the two.
    private static void Instrument(string path)
    {
        var copy = path + ".instrumented";
        File.Copy(path, copy, overwrite: true);
        Fuzzer.Instrument(copy, _ => true, Options.Value);
        File.Move(copy, path, overwrite: true);
    }

    private static bool IsInstrumented(string path)
    {
        using var file = new PEReader(File.OpenRead(path));
        var metadata = file.GetMetadataReader();
        return metadata.AssemblyReferences.Any(
            reference => metadata.GetString(metadata.GetAssemblyReference(reference).Name) == TraceAssembly);
    }
}
