using System.CommandLine;

namespace Darkroom.Cli.Pictures;

/// <summary>Where pictures go.</summary>
internal sealed class OutOption() : Option<string?>("--out")
{
    private const string Usual = "generated-images";

    public static OutOption Create(string description) => new() { Description = description, HelpName = "DIR" };

    /// <summary>The folder, for paths as they are told: relative when it was given so.</summary>
    public static string FolderOf(string? given, Surroundings surroundings) => Path.Combine(surroundings.Directory, given ?? Usual);
}
