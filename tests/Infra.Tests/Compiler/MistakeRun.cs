using Darkroom.TestKit;

namespace Darkroom.Infra.Tests.Compiler;

/// <summary>Lints all <see cref="Mistakes"/> in one run of the compiler, because each start of it takes seconds.</summary>
public sealed class MistakeRun : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("darkroom-bicep-");
    private readonly IReadOnlyList<string> _findings;

    public MistakeRun()
    {
        // The rules of infra/, and one of its modules for the mistakes that need a module.
        foreach (var name in (string[])["bicepconfig.json", "identity.bicep"])
            File.Copy(Path.Combine(Repository.Root, "infra", name), Path.Combine(_folder.FullName, name));
        foreach (var (name, mistake) in Mistakes.All)
            File.WriteAllText(Path.Combine(_folder.FullName, $"{name}.bicep"), mistake.Text + "\n");
        _findings = Bicep.LintAll(_folder.FullName).Findings;
    }

    public IEnumerable<string> FindingsOf(string name) =>
        _findings.Where(finding => finding.Contains($"{name}.bicep(", StringComparison.Ordinal));

    public void Dispose() => _folder.Delete(recursive: true);
}
