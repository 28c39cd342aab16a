namespace Darkroom.Cli.Up;

/// <summary>The folder with everything in it, and what was built there.</summary>
internal sealed class Checkout
{
    private readonly string _configuration;

    private Checkout(string root, string configuration)
    {
        Root = root;
        _configuration = configuration;
    }

    public string Root { get; }

    /// <summary>The folder of the function app.</summary>
    public string App => Path.GetDirectoryName(Built("Functions", "Darkroom.Functions.dll"))!;

    /// <summary>What runs it.</summary>
    public string LocalHost => Built("LocalHost", "Darkroom.LocalHost.dll");

    public string Simulator => Built("Simulator", "Darkroom.Simulator.dll");

    /// <exception cref="CommandException">npm has not brought it.</exception>
    public string Azurite =>
        Existing(
            Path.Combine(Root, "node_modules", "azurite", "dist", "src", "azurite.js"),
            "Azurite is not there: run npm ci in {0}, or start with ./darkroom up.");

    /// <summary>The one that this program was built in: what is beside it was built the same way.</summary>
    /// <exception cref="CommandException">It was taken elsewhere.</exception>
    public static Checkout OfThisProgram()
    {
        // …/src/Cli/bin/Release/net10.0/
        var framework = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        for (var folder = framework.Parent; folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Darkroom.slnx")))
                return new Checkout(folder.FullName, Path.Combine("bin", framework.Parent!.Name, framework.Name));
        }

        throw CommandException.Failed("up needs the folder that Darkroom was built in: start it there with ./darkroom up.");
    }

    private string Built(string project, string file) =>
        Existing(
            Path.Combine(Root, "src", project, _configuration, file),
            $"src/{project} is not built: start with ./darkroom up, which builds what is needed.");

    private string Existing(string path, string otherwise) =>
        File.Exists(path) ? path : throw CommandException.Failed(string.Format(otherwise, Root));
}
