using Darkroom.Infra.Tests.Compiler;
using Darkroom.TestKit;

namespace Darkroom.Infra.Tests.Files;

/// <summary>The files that the rules read, as text by path. A test adds a mistake to a copy.</summary>
public sealed class Checkout
{
    /// <summary>The compiled <c>infra/main.bicep</c> with its modules. There is no such file.</summary>
    public const string CompiledTemplate = "infra/main.json";

    private static readonly Lazy<Checkout> Read = new(ReadAll);
    private static readonly string[] Single = [
        "azure.yaml", "docs/cli.md", "docs/operations.md", "docs/settings.md", "host.json", "local.settings.sample.json"];
    private static readonly (string Folder, string[] Endings)[] Folders =
    [
        (
            "infra",
            [".bicep", ".json", ".kql"]), (".github/workflows",
            [".yml", ".yaml"]), ("src/Functions", [".cs"]), ("src/Cli/Azure", [".cs"]), (".ci", [""]),
    ];

    private readonly Dictionary<string, string> _files;

    private Checkout(Dictionary<string, string> files) => _files = files;

    /// <summary>The files of the repository.</summary>
    public static Checkout Current => Read.Value;

    public string this[string path] => _files[path];

    public bool Has(string path) => _files.ContainsKey(path);

    public IEnumerable<(string Path, string Text)> Where(Func<string, bool> path) =>
        _files.Where(file => path(file.Key)).OrderBy(file => file.Key, StringComparer.Ordinal).Select(file => (file.Key, file.Value));

    public Checkout With(string path, string text) => new(new Dictionary<string, string>(_files) { [path] = text });

    public Checkout Without(string path) => new(_files.Where(file => file.Key != path).ToDictionary());

    /// <summary>The number of the line that the offset is in.</summary>
    public static int LineOf(string text, int offset) => text.AsSpan(0, offset).Count('\n') + 1;

    private static Checkout ReadAll()
    {
        var paths = Single.Concat(Folders.SelectMany(one => List(one.Folder, one.Endings)));
        var files = paths.ToDictionary(path => path, path => File.ReadAllText(Path.Combine(Repository.Root, path)));
        files[CompiledTemplate] = CompiledInfra.Run.Output;
        return new Checkout(files);
    }

    private static IEnumerable<string> List(string folder, string[] endings) =>
        from file in Directory.EnumerateFiles(Path.Combine(Repository.Root, folder), "*", SearchOption.AllDirectories)
        let path = Path.GetRelativePath(Repository.Root, file).Replace('\\', '/')
        where !path.Split('/').Any(part => part is "bin" or "obj") && endings.Any(ending => path.EndsWith(ending, StringComparison.Ordinal))
        select path;
}
