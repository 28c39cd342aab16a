namespace Darkroom.Simulator.Scenarios;

/// <summary>The changes that scenarios make to one task, fixed when the task is accepted.</summary>
public sealed class TaskTwists
{
    private readonly IReadOnlyList<(Scenario Scenario, int? Times)> _applied;

    internal TaskTwists(IReadOnlyList<(Scenario Scenario, int? Times)> applied)
    {
        _applied = applied;
        Dialect = applied.Aggregate(new Dialect(), (dialect, twist) => twist.Scenario.Spells?.Invoke(dialect) ?? dialect);
    }

    /// <summary>The format of the answers.</summary>
    public Dialect Dialect { get; }

    public bool Fails => _applied.Any(twist => twist.Scenario.Fails);

    /// <summary>The number of pictures.</summary>
    public int Pictures => Last(scenario => scenario.Pictures) ?? 1;

    public bool Jpeg => Last(scenario => scenario.Jpeg) ?? false;

    /// <summary>The size that picture files are padded to; 0 for no padding.</summary>
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

    // A scenario with Times = N applies to the first N looks and the first N picture requests of each task.
    private static bool Lasts(int? times, int number) => times is null || number <= times;

    private T? Last<T>(Func<Scenario, T?> value) where T : struct =>
        _applied.Select(twist => value(twist.Scenario)).LastOrDefault(found => found is not null);
}
