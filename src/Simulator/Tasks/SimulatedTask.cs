using Darkroom.Simulator.Paintings;
using Darkroom.Simulator.Scenarios;

namespace Darkroom.Simulator.Tasks;

/// <summary>One accepted task and everything that was seen of it.</summary>
public sealed class SimulatedTask
{
    private int _looks;
    private int _pictureRequests;
    private int _links;
    private long _firstSeenTicks;
    private long _cutShortTicks = long.MaxValue;

    /// <summary>The task's id; digits, as upstream's are.</summary>
    public required string Id { get; init; }

    /// <summary>The id of the submit's request.</summary>
    public required string RequestId { get; init; }

    /// <summary>What was asked.</summary>
    public required SubmittedBody Body { get; init; }

    /// <summary>The effective seed.</summary>
    public required int Seed { get; init; }

    /// <summary>The effective width.</summary>
    public required int Width { get; init; }

    /// <summary>The effective height.</summary>
    public required int Height { get; init; }

    /// <summary>When it was accepted.</summary>
    public required DateTimeOffset SubmittedAt { get; init; }

    /// <summary>When it got a slot.</summary>
    public required DateTimeOffset BeginsAt { get => CutShort(field); init; }

    /// <summary>When it ends.</summary>
    public required DateTimeOffset EndsAt { get => CutShort(field); init; }

    /// <summary>The twists that apply to it, settled when it was accepted.</summary>
    public required TaskTwists Twists { get; init; }

    /// <summary>How often somebody looked at it.</summary>
    public int Looks => _looks;

    /// <summary>How often one of its pictures was asked for.</summary>
    public int PictureRequests => _pictureRequests;

    /// <summary>When somebody first saw that it had ended.</summary>
    public DateTimeOffset? FirstSeenAt =>
        Interlocked.Read(ref _firstSeenTicks) is var ticks && ticks == 0 ? null : new DateTimeOffset(ticks, TimeSpan.Zero);

    /// <summary>From its end to the first look that saw it.</summary>
    public TimeSpan? Lag => FirstSeenAt - EndsAt;

    /// <summary>How long it ran, as it is told. Cut short it is told as nothing, so that nobody learns from it.</summary>
    public TimeSpan Duration => IsCutShort ? TimeSpan.Zero : EndsAt - BeginsAt;

    /// <summary>The picture it makes.</summary>
    public Painting Painting(int index) => new(Body.Prompt, unchecked(Seed + index), Width, Height);

    /// <summary>It is done now, whatever time it was given.</summary>
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
