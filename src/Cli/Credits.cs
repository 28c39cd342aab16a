namespace Darkroom.Cli;

/// <summary>A cost in ModelScope's credits. ModelScope does not tell the exact price, so it is a range.</summary>
internal sealed record Credits(double Min, double Max);
