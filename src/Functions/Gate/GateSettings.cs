namespace Darkroom.Gate;

/// <summary>The settings the gate goes by; they reach it as an activity's result, so that a replay sees the same.</summary>
public sealed record GateSettings(int Slots, int CreditsCheckSeconds);

/// <summary>What a look at the credits found.</summary>
/// <param name="Available">What can be spent; null when it could not be looked up.</param>
/// <param name="NextLook">When to look again if there are none.</param>
public sealed record CreditsSeen(decimal? Available, DateTime NextLook);
