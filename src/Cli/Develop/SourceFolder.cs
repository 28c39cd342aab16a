namespace Darkroom.Cli.Develop;

/// <summary>The checkout that this program was built in.</summary>
internal static class SourceFolder
{
    private const string Mark = "Darkroom.slnx";

    /// <exception cref="CommandException">The program was copied out of its checkout.</exception>
    public static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, Mark)))
                return folder.FullName;
        }

        throw CommandException.Failed(DevelopWords.NoSourceFolder);
    }
}
