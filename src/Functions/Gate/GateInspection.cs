namespace Darkroom.Gate;

/// <summary>What an inspection of the gate found. The settings reach the gate this way too, as an activity's result, so that a replay sees the same.</summary>
/// <param name="Away">Instances that do not need their place any more.</param>
/// <param name="Slots">How many may talk upstream at once, by the settings of the app that runs now.</param>
public sealed record GateInspection(IReadOnlyCollection<string> Away, int Slots);

/// <summary>What a look at the credits found.</summary>
/// <param name="Available">What can be spent; null when it could not be looked up.</param>
/// <param name="NextLook">When to look again if there are none.</param>
public sealed record CreditsSeen(decimal? Available, DateTime NextLook);
