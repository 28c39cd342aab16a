using Darkroom.Telemetry;
using Darkroom.TestKit;

namespace Darkroom.Functions.Tests.Telemetry;

public sealed class LatestReadingTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    private readonly ManualTime _time = new();
    private readonly LatestReading _reading;

    public LatestReadingTests() => _reading = new LatestReading(_time, Limit);

    private DateTime Now => _time.GetUtcNow().UtcDateTime;

    [Fact]
    public void Observe_NothingRecorded_ReportsNothing() => Assert.Empty(_reading.Observe());

    [Fact]
    public void Observe_UpToTheLimit_ReportsTheLastValue()
    {
        _reading.Record(1, Now);
        _reading.Record(0.5, Now);
        _time.Advance(Limit);
        Assert.Equal(0.5, Assert.Single(_reading.Observe()).Value);
    }

    [Fact]
    public void Observe_AfterTheLimit_ReportsNothingUntilTheNextValue()
    {
        _reading.Record(1, Now);
        _time.Advance(Limit + TimeSpan.FromSeconds(1));
        Assert.Empty(_reading.Observe());
        _reading.Record(0, Now);
        Assert.Equal(0, Assert.Single(_reading.Observe()).Value);
    }

    [Fact]
    public void Observe_ValueMeasuredLongBeforeItWasRecorded_ReportsNothing()
    {
        _reading.Record(1, Now - Limit - TimeSpan.FromSeconds(1));
        Assert.Empty(_reading.Observe());
    }
}
