using Darkroom.TestKit;

namespace Darkroom.Infra.Tests.Compiler;

/// <summary>
/// The compiler checks syntax, names, types, modules and API versions. The linter checks the rules of infra/bicepconfig.json.
/// <see cref="MistakeTests"/> shows that both report the mistakes that the project relies on them to find.
/// </summary>
public sealed class CompilerTests
{
    [Fact]
    public void Build_HasNoFindings()
    {
        Assert.Empty(CompiledInfra.Run.Findings);
        Assert.Equal(0, CompiledInfra.Run.ExitCode);
        Assert.NotEmpty(CompiledInfra.Run.Output);
    }

    [Fact]
    public void Lint_HasNoFindings()
    {
        var run = Bicep.Lint(Path.Combine(Repository.Root, "infra", "main.bicep"));

        Assert.Empty(run.Findings);
        Assert.Equal(0, run.ExitCode);
    }
}
