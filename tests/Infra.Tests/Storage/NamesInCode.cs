using System.Text.RegularExpressions;
using Darkroom.Infra.Tests.Files;

namespace Darkroom.Infra.Tests.Storage;

/// <summary>Finds the names of containers and queues in the C# sources: literals, constants, and interpolated constants.</summary>
internal sealed partial class NamesInCode(Checkout checkout)
{
    private readonly List<string> _sources = [
        .. checkout.Where(path => path.EndsWith(".cs", StringComparison.Ordinal)).Select(file => file.Text)];

    /// <summary>The queues of the queue triggers; null for a name that cannot be read from the source.</summary>
    public IReadOnlyList<string?> TriggerQueues() => [.. Arguments(Triggers()).Select(Resolve)];

    public IEnumerable<string> Queues() => Arguments(QueueClients()).Select(Resolve).OfType<string>();

    /// <summary>The containers. A container whose name is a variable is left out.</summary>
    public IEnumerable<string> Containers() => Arguments(ContainerClients()).Select(Resolve).OfType<string>();

    private IEnumerable<string> Arguments(Regex pattern) =>
        _sources.SelectMany(source => pattern.Matches(source)).Select(match => match.Groups["argument"].Value);

    private string? Resolve(string argument)
    {
        if (argument.StartsWith("$\"", StringComparison.Ordinal))
            return Holes().Replace(argument[2..^1], hole => Constant(hole.Groups["name"].Value) ?? hole.Value) is var text
                && !text.Contains('{', StringComparison.Ordinal) ? text : null;
        return argument.StartsWith('"') ? argument[1..^1] : Constant(argument);
    }

    private string? Constant(string name) =>
        _sources.SelectMany(source => Constants().Matches(source)).FirstOrDefault(
            match => match.Groups["name"].Value == name.Split('.')[^1])?.Groups["value"].Value;

    [GeneratedRegex("""\[QueueTrigger\((?<argument>[^,)]+)[,)]""", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Triggers();

    [GeneratedRegex("""GetQueueClient\((?<argument>[^)]+)\)""", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex QueueClients();

    [GeneratedRegex("""GetBlobContainerClient\((?<argument>[^)]+)\)""", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ContainerClients();

    [GeneratedRegex("""const string (?<name>\w+) = "(?<value>[^"]*)";""", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Constants();

    [GeneratedRegex("""\{(?<name>[\w.]+)\}""", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Holes();
}
