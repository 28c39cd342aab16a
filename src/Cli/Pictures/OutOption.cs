using System.CommandLine;

namespace Darkroom.Cli.Pictures;

/// <summary>The option <c>--out</c>: the folder for the pictures.</summary>
internal sealed class OutOption() : Option<string?>("--out")
{
    private const string Usual = "generated-images";

    public static OutOption Create() => Create(Words.OutOption);

    public static OutOption Create(string description) => new() { Description = description, HelpName = "DIR" };

    /// <summary>The given folder, or the default folder, as an absolute path.</summary>
    public static string FolderOf(string? given, CommandEnvironment environment) => Path.Combine(environment.Directory, given ?? Usual);
}
