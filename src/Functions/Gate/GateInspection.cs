namespace Darkroom.Gate;

/// <summary>
/// What an inspection of the gate found. The settings reach the gate this way too, as an activity's result, so that a replay sees the same.
/// </summary>
/// <param name="Ended">Instances that are over, or do not exist.</param>
/// <param name="Suspended">Instances that are suspended: they may wait, but lose their slot.</param>
/// <param name="Slots">How many may talk upstream at once, by the settings of the app that runs now.</param>
public sealed record GateInspection(IReadOnlyCollection<string> Ended, IReadOnlyCollection<string> Suspended, int Slots);

/// <summary>The result of a look at the credits.</summary>
/// <param name="Available">The balance that can be spent; null when it could not be looked up.</param>
/// <param name="NextLook">When to look again if there are none.</param>
public sealed record CreditsSeen(decimal? Available, DateTime NextLook);
