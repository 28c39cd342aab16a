using Darkroom.Simulator.Paintings;
using Darkroom.Simulator.Scenarios;

namespace Darkroom.Simulator.Tasks;

/// <summary>One accepted task, with the counts of its requests.</summary>
public sealed class SimulatedTask
{
    private int _looks;
    private int _pictureRequests;
    private int _links;
    private long _firstSeenTicks;
    private long _cutShortTicks = long.MaxValue;

    /// <summary>The id of the task. Like upstream's ids it consists of digits.</summary>
    public required string Id { get; init; }

    /// <summary>The id of the submit's request.</summary>
    public required string RequestId { get; init; }

    /// <summary>The body of the submit.</summary>
    public required SubmittedBody Body { get; init; }

    /// <summary>The effective seed.</summary>
    public required int Seed { get; init; }

    /// <summary>The effective width.</summary>
    public required int Width { get; init; }

    /// <summary>The effective height.</summary>
    public required int Height { get; init; }

    /// <summary>The time of the submit.</summary>
    public required DateTimeOffset SubmittedAt { get; init; }

    /// <summary>The time when the task gets a slot.</summary>
    public required DateTimeOffset BeginsAt { get => CutShort(field); init; }

    /// <summary>The time when the task ends.</summary>
    public required DateTimeOffset EndsAt { get => CutShort(field); init; }

    /// <summary>The changes by scenarios, fixed when the task was accepted.</summary>
    public required TaskTwists Twists { get; init; }

    /// <summary>The number of looks.</summary>
    public int Looks => _looks;

    /// <summary>The number of requests for its pictures.</summary>
    public int PictureRequests => _pictureRequests;

    /// <summary>The time of the first look after the end.</summary>
    public DateTimeOffset? FirstSeenAt =>
        Interlocked.Read(ref _firstSeenTicks) is var ticks && ticks == 0 ? null : new DateTimeOffset(ticks, TimeSpan.Zero);

    /// <summary>The time from the end to the first look after it.</summary>
    public TimeSpan? Lag => FirstSeenAt - EndsAt;

    /// <summary>
    /// The run time that answers report. It is zero if <see cref="Finish"/> ended the task early, so that a client does not use it for an
    /// estimate.
    /// </summary>
    public TimeSpan Duration => IsCutShort ? TimeSpan.Zero : EndsAt - BeginsAt;

    /// <summary>The picture with an index. Each index has another seed.</summary>
    public Painting Painting(int index) => new(Body.Prompt, unchecked(Seed + index), Width, Height);

    /// <summary>Ends the task now, before its planned end.</summary>
    internal void Finish(DateTimeOffset now) => Interlocked.CompareExchange(ref _cutShortTicks, now.UtcTicks, long.MaxValue);

    internal int CountLook(DateTimeOffset now)
    {
        if (now >= EndsAt)
            Interlocked.CompareExchange(ref _firstSeenTicks, now.UtcTicks, 0);
        return Interlocked.Increment(ref _looks);
    }

    internal int CountLink() => Interlocked.Increment(ref _links);

    internal int CountPictureRequest() => Interlocked.Increment(ref _pictureRequests);

    private bool IsCutShort => Interlocked.Read(ref _cutShortTicks) != long.MaxValue;

    private DateTimeOffset CutShort(DateTimeOffset planned) =>
        Interlocked.Read(ref _cutShortTicks) is var ticks && ticks < planned.UtcTicks ? new DateTimeOffset(ticks, TimeSpan.Zero) : planned;
}
