namespace Darkroom.Gate;

/// <summary>
/// What an inspection of the gate found. The settings reach the gate this way too, as an activity's result, so that a replay sees the same.
/// </summary>
/// <param name="Ended">Instances that are over, or were never there.</param>
/// <param name="Suspended">Instances that somebody suspended: they may wait on, but not keep a slot.</param>
/// <param name="Slots">How many may talk upstream at once, by the settings of the app that runs now.</param>
public sealed record GateInspection(IReadOnlyCollection<string> Ended, IReadOnlyCollection<string> Suspended, int Slots);

/// <summary>What a look at the credits found.</summary>
/// <param name="Available">What can be spent; null when it could not be looked up.</param>
/// <param name="NextLook">When to look again if there are none.</param>
public sealed record CreditsSeen(decimal? Available, DateTime NextLook);
