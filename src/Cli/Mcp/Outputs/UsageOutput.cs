using System.ComponentModel;

namespace Darkroom.Cli.Mcp.Outputs;

/// <summary>The result of <c>get_usage</c>, as the server returns it.</summary>
internal sealed record UsageOutput(
    [property: Description("One entry for each day, model, caller or batch.")] IReadOnlyList<UsageEntry> Items,
    [property: Description("The sum of all entries.")] UsageEntry Total);

/// <summary>The usage of one day, model, caller or batch, or of all.</summary>
internal sealed record UsageEntry
{
    [Description("The day, model, caller or batch; absent in the total.")]
    public string? Key { get; init; }

    [Description("Tasks that ModelScope accepted.")]
    public required int Tasks { get; init; }

    public required int Pictures { get; init; }

    public required int Failed { get; init; }

    [Description("Pictures that were reused without paying.")]
    public required int Reused { get; init; }

    public required Credits Credits { get; init; }
}
