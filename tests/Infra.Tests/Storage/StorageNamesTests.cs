using Darkroom.Infra.Tests.Files;
using Darkroom.Infra.Tests.Rules;

namespace Darkroom.Infra.Tests.Storage;

public sealed class StorageNamesTests : RuleTests
{
    [Theory]
    [InlineData(
        Checkout.CompiledTemplate,
            "\"darkroom-ledger\"",
            "\"darkroom-legder\"",
            "the container \"darkroom-ledger\", which the deployment does not make")]
    [InlineData(
        "src/Functions/New.cs",
            "",
            "[QueueTrigger(\"darkroom-new\", Connection = \"X\")]",
            "the queue \"darkroom-new\", which the deployment does not make")]
    [InlineData(
        "src/Functions/New.cs",
            "",
            "[QueueTrigger(\"darkroom-results\")]",
            "the queue \"darkroom-results-poison\", which the deployment does not make")]
    [InlineData("src/Functions/New.cs", "", "[QueueTrigger(Somewhere.Else)]", "a queue trigger's name is neither a literal nor a constant")]
    [InlineData(
        "src/Functions/Storage/StorageQueues.cs",
            "JobsName = \"darkroom-jobs\"",
            "JobsName = \"darkroom-job\"",
            "the queue \"darkroom-job-poison\", which the deployment does not make")]
    [InlineData(
        "src/Functions/Storage/Containers.cs",
            "\"darkroom-ledger\"",
            "\"pictures\"",
            "the container \"darkroom-ledger\", which the code does not use")]
    public void Check_Mistake_IsReported(string path, string text, string mistake, string expected) =>
        AssertReports(path, text, mistake, expected);

    protected override IEnumerable<string> Check(Checkout checkout) => StorageNames.Check(checkout);
}
