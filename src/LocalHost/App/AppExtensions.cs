using System.Reflection;
using System.Runtime.Loader;
using Microsoft.Azure.WebJobs.Hosting;

namespace Darkroom.LocalHost.App;

/// <summary>
/// Loads the host-side extensions from the app's build output (extensions.json and .azurefunctions) into this process. So the same
/// versions run here and in Azure.
/// </summary>
internal static class AppExtensions
{
    private const string Folder = ".azurefunctions";

    // This extension reads function metadata from a file. It is not needed, because an isolated .NET worker returns its metadata itself.
    private const string MetadataLoader = "Microsoft.Azure.WebJobs.Extensions.FunctionMetadataLoader";

    /// <summary>The startup types, in the order of extensions.json.</summary>
    /// <exception cref="StartException">An extension cannot be loaded.</exception>
    public static IReadOnlyList<Type> Load(FunctionApp app)
    {
        var list = Path.Combine(app.Folder, "extensions.json");
        if (!File.Exists(list))
            return [];
        var folder = Path.Combine(app.Folder, Folder);
        // Assemblies of this host take precedence. All others come from the app's folder.
        AssemblyLoadContext.Default.Resolving += (context, name) =>
            Path.Combine(folder, $"{name.Name}.dll") is var path && File.Exists(path) ? context.LoadFromAssemblyPath(path) : null;

        using var json = FunctionApp.ReadJson(list);
        var types = new List<Type>();
        foreach (var extension in json.RootElement.GetProperty("extensions").EnumerateArray())
        {
            var (name, typeName) = (extension.GetProperty("name").GetString()!, extension.GetProperty("typeName").GetString()!);
            if (!typeName.Contains(MetadataLoader, StringComparison.Ordinal))
                types.Add(LoadType(folder, name, typeName));
        }

        return types;
    }

    /// <summary>The error for an extension whose code needs an assembly that is missing or has the wrong version.</summary>
    public static StartException Unloadable(string extension, Exception exception)
    {
        var cause = exception is TypeLoadException or TargetInvocationException
            && exception.InnerException is { } inner ? inner : exception;
        var missing = cause switch
        {
            FileNotFoundException file => $"the assembly {ShortName(file.FileName)} is missing",
            FileLoadException file => $"this host has another version of {ShortName(file.FileName)} than the extension needs",
            _ => cause.Message.ReplaceLineEndings(" "),
        };
        return new StartException(
            $"The extension {extension} cannot be loaded: {missing}. Build the app again. If that fails, use a newer host.",
            exception);
    }

    private static Type LoadType(string folder, string name, string typeName)
    {
        try
        {
            // Load by simple name: the version in extensions.json is that of the build, and the one in the folder can differ.
            var assembly = Assembly.Load(new AssemblyName(typeName.Split(',')[1].Trim()));
            var type = assembly.GetType(typeName.Split(',')[0].Trim(), throwOnError: true)!;
            return typeof(IWebJobsStartup).IsAssignableFrom(type)
                ? type
                : throw new StartException(
                    $"The extension {name} cannot be loaded: {type.FullName} is not a WebJobs startup type. Is {folder} complete?");
        }
        catch (Exception exception) when (exception is IOException or BadImageFormatException or TypeLoadException)
        {
            throw Unloadable(name, exception);
        }
    }

    private static string ShortName(string? fullName) =>
        fullName is null ? "(unknown)" : fullName.Split(',') is [var name, var version, ..] ? $"{name} ({version.Trim()})" : fullName;
}
