using Darkroom.Api.Images;
using Darkroom.TestKit;

namespace Darkroom.Functions.Tests.Api.Images;

public sealed class JobSignalsTests
{
    private readonly ManualTime _time = new();
    private readonly JobSignals _steps;

    public JobSignalsTests() => _steps = new JobSignals(_time);

    [Fact]
    public async Task NextLook_WithoutSignal_ComesAfterTwoSeconds()
    {
        using var follower = _steps.Follow("job");
        var look = follower.NextLookAsync(default);
        _time.Advance(TimeSpan.FromSeconds(1.9));
        Assert.False(look.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(0.1));
        await look;
    }

    [Fact]
    public async Task NextLook_AfterASignal_ComesQuicklyAndThenSlowly()
    {
        using var follower = _steps.Follow("job");
        _steps.Ran("job");
        var look = follower.NextLookAsync(default);
        var waited = new List<double>();
        for (var number = 0; number < 10; number++)
        {
            var began = _time.GetUtcNow();
            while (!look.IsCompleted)
            {
                if (!_time.AdvanceToNext())
                    await Task.Yield();
            }

            await look;
            waited.Add((_time.GetUtcNow() - began).TotalSeconds);
            look = follower.NextLookAsync(default);
        }

        Assert.Equal([0.08, 0.04, 0.04, 0.08, 0.08, 0.16, 0.32, 0.64, 2, 2], waited, (one, other) => Math.Abs(one - other) < 0.001);
    }

    [Fact]
    public async Task NextLook_SignalBeforeTheWait_IsKept_AndSignalOfAnotherJobIsIgnored()
    {
        using var follower = _steps.Follow("job");
        _steps.Ran("other");
        var look = follower.NextLookAsync(default);
        Assert.False(look.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(2));
        await look;

        _steps.Ran("job");
        var next = follower.NextLookAsync(default);
        _time.Advance(TimeSpan.FromMilliseconds(80));
        await next;
    }

    [Fact]
    public async Task NextLook_Cancelled_Throws_AndDisposeEndsTheFollowing()
    {
        using var cancel = new CancellationTokenSource();
        using (var follower = _steps.Follow("job"))
        {
            Assert.True(_steps.IsFollowed);
            var look = follower.NextLookAsync(cancel.Token);
            await cancel.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => look);
        }

        Assert.False(_steps.IsFollowed);
    }
}
