using Darkroom.Cli.Up;

namespace Darkroom.Cli.Tests.Up;

public sealed class ReadinessTests
{
    [Theory]
    [InlineData("""{"status":"ready","parts":{"storage":"ok","engine":"ok","token":"ok","gate":"ok"}}""", "")]
    [InlineData("""{"status":"not-ready","parts":{"storage":"ok","engine":"ok","token":"missing: set it","gate":"ok"}}""", "")]
    [InlineData(
        """{"status":"not-ready","parts":{"storage":"not reachable","engine":"ok","token":"missing","gate":"ok"}}""",
            "storage is not reachable")]
    [InlineData("<html>", "the answer of api/health/ready cannot be read")]
    [InlineData("{}", "the answer of api/health/ready cannot be read")]
    public void Missing_HealthAnswer_ListsEveryPartThatIsNotOkExceptTheToken(string answer, string missing) =>
        Assert.Equal(missing, string.Join("; ", Readiness.Missing(answer)));
}
