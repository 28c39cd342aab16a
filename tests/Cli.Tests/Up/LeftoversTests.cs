using System.Diagnostics;
using Darkroom.Cli.Up;

namespace Darkroom.Cli.Tests.Up;

public sealed class LeftoversTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_process_that_nobody_watches_any_more_is_ended()
    {
        using var left = Process.Start("sleep", ["86399"]);
        await File.WriteAllTextAsync(_folder["children.pid"], $"{left.Id}\tsleep 86399\n");

        await EndAsync();

        await left.WaitForExitAsync();
        Assert.False(File.Exists(_folder["children.pid"]));
    }

    [Fact]
    public async Task A_process_that_only_has_the_number_of_ours_is_left_alone()
    {
        using var stranger = Process.Start("sleep", ["86398"]);
        await File.WriteAllTextAsync(
            _folder["children.pid"], $"{stranger.Id}\tdotnet Darkroom.Functions.dll\n{int.MaxValue}\tdotnet\nnonsense\n");

        await EndAsync();

        Assert.False(stranger.HasExited);
        stranger.Kill();
    }

    // Time passes with every look, so that nobody waits for it.
    private Task EndAsync() => Leftovers.EndAsync(_folder["children.pid"], new LeapingTime(), _ => { }, CancellationToken.None);

    private sealed class LeapingTime : TimeProvider
    {
        private long _now;

        public override long TimestampFrequency => 1;

        public override long GetTimestamp() => _now += 5;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            base.CreateTimer(callback, state, TimeSpan.FromMilliseconds(1), Timeout.InfiniteTimeSpan);
    }
}
