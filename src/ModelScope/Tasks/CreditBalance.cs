namespace Darkroom.ModelScope.Tasks;

/// <summary>The balance of the account, in credits.</summary>
/// <param name="Total">All credits.</param>
/// <param name="Available">The credits that can be spent now.</param>
/// <param name="Frozen">The credits that are reserved for running tasks.</param>
public sealed record CreditBalance(decimal Total, decimal Available, decimal Frozen);
