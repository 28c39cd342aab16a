namespace Darkroom.TestKit;

/// <summary>The build outputs of this checkout, in the build configuration of the tests.</summary>
public static class BuiltApps
{
    private static readonly string Configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;

    /// <summary>The function app that ships.</summary>
    public static string Functions { get; } = Output("src/Functions");

    /// <summary>The program that runs function apps on one machine.</summary>
    public static string LocalHost { get; } = Path.Combine(Output("src/LocalHost"), "Darkroom.LocalHost.dll");

    /// <summary>The output folder of a project, given relative to the checkout.</summary>
    public static string Output(string project) => Path.Combine(Repository.Root, project, "bin", Configuration, "net10.0");
}
