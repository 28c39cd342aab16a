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
            "Azurite is not installed. Run npm ci in {0}, or start with ./darkroom up.");

    /// <summary>Finds the folder, and uses the build configuration of this program for the other programs.</summary>
    /// <exception cref="CommandException">The program was copied out of its source folder.</exception>
    public static Checkout OfThisProgram()
    {
        // …/src/Cli/bin/Release/net10.0/
        var framework = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        for (var folder = framework.Parent; folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Darkroom.slnx")))
                return new Checkout(folder.FullName, Path.Combine("bin", framework.Parent!.Name, framework.Name));
        }

        throw CommandException.Failed("up needs the source folder of Darkroom. Start it there with ./darkroom up.");
    }

    private string Built(string project, string file) =>
        Existing(
            Path.Combine(Root, "src", project, _configuration, file),
            $"src/{project} is not built. Start with ./darkroom up, which builds it first.");

    private string Existing(string path, string otherwise) =>
        File.Exists(path) ? path : throw CommandException.Failed(string.Format(otherwise, Root));
}
