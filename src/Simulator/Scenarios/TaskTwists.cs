namespace Darkroom.Simulator.Scenarios;

/// <summary>Everything that scenarios change about one task, settled when it is accepted.</summary>
public sealed class TaskTwists
{
    private readonly IReadOnlyList<(Scenario Scenario, int? Times)> _applied;

    internal TaskTwists(IReadOnlyList<(Scenario Scenario, int? Times)> applied)
    {
        _applied = applied;
        Dialect = applied.Aggregate(new Dialect(), (dialect, twist) => twist.Scenario.Spells?.Invoke(dialect) ?? dialect);
    }

    /// <summary>How its answers are spelled.</summary>
    public Dialect Dialect { get; }

    /// <summary>Whether it ends without a picture.</summary>
    public bool Fails => _applied.Any(twist => twist.Scenario.Fails);

    /// <summary>How many pictures it makes.</summary>
    public int Pictures => Last(scenario => scenario.Pictures) ?? 1;

    /// <summary>Whether they are JPEGs.</summary>
    public bool Jpeg => Last(scenario => scenario.Jpeg) ?? false;

    /// <summary>The least length of their files.</summary>
    public long PictureBytes => Last(scenario => scenario.PictureBytes) ?? 0;

    internal bool Has(string scenario) => _applied.Any(twist => twist.Scenario.Name == scenario);

    internal string Twist(string link) => _applied.Aggregate(link, (twisted, twist) => twist.Scenario.Links?.Invoke(twisted) ?? twisted);

    internal Reply? Answer(Look look) =>
        _applied.Where(twist => Lasts(twist.Times, look.Number))
            .Select(twist => twist.Scenario.Look?.Invoke(look))
            .LastOrDefault(reply => reply is not null);

    internal Reply? Answer(PictureRequest request) =>
        _applied.Where(twist => Lasts(twist.Times, request.Number))
            .Select(twist => twist.Scenario.Picture?.Invoke(request))
            .LastOrDefault(reply => reply is not null);

    // A scenario set for N times twists the first N looks and the first N picture requests of each task.
    private static bool Lasts(int? times, int number) => times is null || number <= times;

    private T? Last<T>(Func<Scenario, T?> value) where T : struct =>
        _applied.Select(twist => value(twist.Scenario)).LastOrDefault(found => found is not null);
}
