using Darkroom.Cli.Up;

namespace Darkroom.Cli.Tests.Up;

public sealed class ReadinessTests
{
    [Theory]
    [InlineData("""{"status":"ready","parts":{"storage":"ok","engine":"ok","token":"ok","gate":"ok"}}""", "")]
    [InlineData("""{"status":"not-ready","parts":{"storage":"ok","engine":"ok","token":"missing: set it","gate":"ok"}}""", "")]
    [
        InlineData(
            """{"status":"not-ready","parts":{"storage":"not reachable","engine":"ok","token":"missing","gate":"ok"}}""",
            "storage is not reachable")]
    [InlineData("<html>", "its health cannot be read")]
    [InlineData("{}", "its health cannot be read")]
    public void Everything_but_a_token_has_to_be_there(string answer, string missing) =>
        Assert.Equal(missing, string.Join("; ", Readiness.Missing(answer)));
}
