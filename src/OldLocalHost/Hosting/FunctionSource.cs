using System.Reflection;
using Microsoft.Azure.Functions.Worker.Builder;

namespace Darkroom.LocalHost.Hosting;

/// <summary>Where functions are looked for: in the program that was started, unless somebody says otherwise.</summary>
internal static class FunctionSource
{
    /// <summary>Looks in these types instead, and in the types inside them.</summary>
    public static void UseFunctions(this FunctionsApplicationBuilder builder, params Type[] types) =>
        builder.Properties[typeof(FunctionSource)] = types.SelectMany(type => type.GetNestedTypes(BindingFlags.Public | BindingFlags.NonPublic).Prepend(type)).ToArray();

    /// <summary>Looks in these assemblies instead.</summary>
    public static void UseFunctions(this FunctionsApplicationBuilder builder, params Assembly[] assemblies) =>
        builder.Properties[typeof(FunctionSource)] = assemblies.SelectMany(assembly => assembly.GetTypes()).ToArray();

    public static IReadOnlyList<Type> Of(FunctionsApplicationBuilder builder) =>
        builder.Properties.TryGetValue(typeof(FunctionSource), out var types) ? (Type[])types : Assembly.GetEntryAssembly()?.GetTypes() ?? [];
}
