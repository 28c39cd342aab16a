using System.Diagnostics;
using Darkroom.Cli.Up;

namespace Darkroom.Cli.Tests.Up;

public sealed class LeftoversTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task End_RecordedProcessRuns_EndsIt()
    {
        using var left = Process.Start("sleep", ["86399"]);
        await File.WriteAllTextAsync(_folder["children.pid"], $"{left.Id}\tsleep 86399\n");

        await EndAsync();

        await left.WaitForExitAsync();
        Assert.False(File.Exists(_folder["children.pid"]));
    }

    [Fact]
    public async Task End_OtherProcessHasTheId_LeavesItRunning()
    {
        using var stranger = Process.Start("sleep", ["86398"]);
        await File.WriteAllTextAsync(
            _folder["children.pid"], $"{stranger.Id}\tdotnet Darkroom.Functions.dll\n{int.MaxValue}\tdotnet\nnonsense\n");

        await EndAsync();

        Assert.False(stranger.HasExited);
        stranger.Kill();
    }

    // The clock advances with every reading, so that the test does not wait for the timeouts.
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
