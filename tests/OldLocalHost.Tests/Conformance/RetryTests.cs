using Darkroom.LocalHost.Tests.Conformance.Functions;

namespace Darkroom.LocalHost.Tests.Conformance;

/// <summary>Failures, and trying again.</summary>
public sealed class RetryTests : IAsyncDisposable
{
    private readonly ConformanceHost _host = new();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Theory]
    [InlineData(0, 3, 1.0, null, null, false, "attempt 1 after 0 s")]
    [InlineData(2, 3, 1.0, null, null, false, "attempt 3 after 20 s")]
    [InlineData(3, 3, 1.0, null, null, false, "failed after 20 s")]
    [InlineData(1, 1, 1.0, null, null, false, "failed after 0 s")]
    [InlineData(3, 4, 2.0, null, null, false, "attempt 4 after 70 s")]
    [InlineData(3, 4, 2.0, 15, null, false, "attempt 4 after 40 s")]
    [InlineData(9, 9, 1.0, null, 25, false, "failed after 30 s")]
    [InlineData(2, 3, 1.0, null, null, true, "failed after 0 s")]
    public async Task A_policy_says_how_often_when_and_whether(int failures, int attempts, double coefficient, int? maxSeconds, int? timeoutSeconds, bool refuses, string outcome)
    {
        var plan = new Plan($"policy-{Guid.NewGuid()}", failures, attempts, coefficient, maxSeconds, timeoutSeconds, refuses);
        Assert.Equal(outcome, (await _host.RunAsync(nameof(Retrying.ByPolicy), plan)).ReadOutputAs<string>());
    }

    [Theory]
    [InlineData(2, 5, "1:True:0 2:True:5 succeeded")]
    [InlineData(5, 2, "1:True:0 2:True:5 failed")]
    public async Task A_handler_decides_for_itself_and_may_wait(int failures, int attempts, string outcome) =>
        Assert.Equal(outcome, (await _host.RunAsync(nameof(Retrying.ByHandler), new Plan($"handler-{Guid.NewGuid()}", failures, attempts))).ReadOutputAs<string>());

    [Fact]
    public async Task A_failure_arrives_with_its_type_its_words_and_its_cause() =>
        Assert.Equal(
            "FailSomeTimes|0|Task 'FailSomeTimes' (#0) failed with an unhandled exception: attempt 1 of telling|System.TimeoutException|attempt 1 of telling|System.InvalidOperationException|True",
            (await _host.RunAsync(nameof(Retrying.TellOfFailure), id: "telling")).ReadOutputAs<string>());

    [Fact]
    public async Task A_failure_that_nobody_catches_fails_the_orchestration_with_the_activitys_inside()
    {
        var failure = (await _host.RunAsync(nameof(Retrying.Uncaught), new Failing("uncaught", 1))).FailureDetails!;
        Assert.Equal("Microsoft.DurableTask.TaskFailedException", failure.ErrorType);
        Assert.Equal("System.TimeoutException", failure.InnerFailure!.ErrorType);
        Assert.True(failure.InnerFailure.IsCausedBy<SystemException>());
    }
}
