using Darkroom.Cli.Develop;

namespace Darkroom.Cli.Up;

/// <summary>The source folder that this program was built in, and the build outputs in it.</summary>
internal sealed class Checkout
{
    private readonly string _configuration;

    private Checkout(string root, string configuration)
    {
        Root = root;
        _configuration = configuration;
    }

    public string Root { get; }

    /// <summary>The build output folder of the function app.</summary>
    public string App => Path.GetDirectoryName(Built("Functions", "Darkroom.Functions.dll"))!;

    /// <summary>The program that runs the function app.</summary>
    public string LocalHost => Built("LocalHost", "Darkroom.LocalHost.dll");

    public string Simulator => Built("Simulator", "Darkroom.Simulator.dll");

    /// <exception cref="CommandException">Azurite is not installed.</exception>
    public string Azurite =>
        Existing(
            Path.Combine(Root, "node_modules", "azurite", "dist", "src", "azurite.js"),
            UpWords.AzuriteMissing.With(Root));

    /// <summary>Finds the folder, and uses the build configuration of this program for the other programs.</summary>
    /// <exception cref="CommandException">The program was copied out of its source folder.</exception>
    public static Checkout OfThisProgram()
    {
        // …/src/Cli/bin/Release/net10.0/, or …/src/Cli/bin/command/20261130-120000-1/ if the script darkroom built it.
        var folder = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        var configuration = folder.Parent?.Name == "command"
            ? Path.Combine("bin", "Release", "net10.0")
            : Path.Combine("bin", folder.Parent!.Name, folder.Name);
        return new Checkout(SourceFolder.Find(), configuration);
    }

    private string Built(string project, string file) =>
        Existing(
            Path.Combine(Root, "src", project, _configuration, file),
            UpWords.ProjectNotBuilt.With(project));

    private static string Existing(string path, string otherwise) =>
        File.Exists(path) ? path : throw CommandException.Failed(otherwise);
}
