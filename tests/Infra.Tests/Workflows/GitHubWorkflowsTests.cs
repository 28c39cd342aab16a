using Darkroom.Infra.Tests.Files;
using Darkroom.Infra.Tests.Rules;

namespace Darkroom.Infra.Tests.Workflows;

public sealed class GitHubWorkflowsTests : RuleTests
{
    private const string Ci = ".github/workflows/ci.yml";

    [Theory]
    [InlineData(Ci, "jobs:", "jobs: [", "ci.yml: line")]
    [InlineData(Ci, "./darkroom ship", "./darkroom sail", "there is no ./darkroom sail")]
    [InlineData("docs/cli.md", "\n## ship\n", "\n## sail\n", "there is no ./darkroom ship")]
    [InlineData(Ci, ".ci/run", ".ci/runs", "there is no .ci/runs")]
    [InlineData(Ci, "actions/setup-dotnet@v5", "other/action@v1", "other/action@v1 must be pinned")]
    [InlineData(Ci, "actions/setup-dotnet@v5", "actions/setup-dotnet@main", "actions/setup-dotnet@main must be pinned")]
    [InlineData(Ci, "permissions:\n  contents: read\n", "", "permissions must be given at the top")]
    [InlineData(Ci, "contents: read", "contents: write", "permissions must be given at the top")]
    [InlineData(
        ".github/workflows/release.yml",
            "    permissions:\n",
            "    permissions: write-all\n    was:\n",
            "permissions must be named one by one")]
    [InlineData(Ci, "    timeout-minutes: 30\n", "", "has no timeout-minutes")]
    [InlineData(Ci, "persist-credentials: false", "persist-credentials: true", "checkout must not leave its credentials")]
    [InlineData(Ci, "run: .ci/run", "run: echo ${{ github.event.pull_request.title }}", "a script must read secrets")]
    public void Check_Mistake_IsReported(string path, string text, string mistake, string expected) =>
        AssertReports(path, text, mistake, expected);

    protected override IEnumerable<string> Check(Checkout checkout) => GitHubWorkflows.Check(checkout);
}
