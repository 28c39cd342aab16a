namespace Darkroom.ModelScope.Tasks;

/// <summary>What is left on the account, in credits.</summary>
/// <param name="Total">All credits.</param>
/// <param name="Available">Credits that can be spent now.</param>
/// <param name="Frozen">Credits held for tasks under way.</param>
public sealed record CreditBalance(decimal Total, decimal Available, decimal Frozen);
