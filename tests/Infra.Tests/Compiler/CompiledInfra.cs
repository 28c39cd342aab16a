using Darkroom.TestKit;

namespace Darkroom.Infra.Tests.Compiler;

/// <summary>infra/main.bicep, compiled once for all tests.</summary>
internal static class CompiledInfra
{
    private static readonly Lazy<BicepRun> Compiled = new(() => Bicep.Build(Path.Combine(Repository.Root, "infra", "main.bicep")));

    public static BicepRun Run => Compiled.Value;
}
