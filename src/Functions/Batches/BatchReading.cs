using Darkroom.Jobs.Poll;
using Darkroom.Requests;

namespace Darkroom.Batches;

/// <summary>The result of reading a body: the number of items, and the problems of its lines.</summary>
public sealed class BatchReading
{
    /// <summary>The maximum number of problems that are listed. Further invalid lines are only counted.</summary>
    public const int MaxProblems = 200;

    private readonly List<LineProblem> _problems = [];
    private readonly Dictionary<TaskKind, int> _kinds = [];

    /// <summary>The number of pictures of the valid lines.</summary>
    public int Total { get; private set; }

    /// <summary>The number of invalid lines.</summary>
    public int Invalid { get; private set; }

    /// <summary>The problems of the first invalid lines.</summary>
    public IReadOnlyList<LineProblem> Problems => _problems;

    /// <summary>The number of pictures of each kind.</summary>
    public IReadOnlyDictionary<TaskKind, int> Kinds => _kinds;

    /// <summary>Where the end of the batch is sent; null if its request does not say.</summary>
    public JobWebhook? Webhook { get; init; }

    /// <summary>Adds a valid picture.</summary>
    public void Add(BatchItem item)
    {
        ArgumentNullException.ThrowIfNull(item);
        Total++;
        var kind = TaskKind.Of(item.Request.Image);
        _kinds[kind] = _kinds.GetValueOrDefault(kind) + 1;
    }

    /// <summary>Adds an invalid line.</summary>
    public void Refuse(int line, IEnumerable<ModelScope.Requests.FieldProblem> problems)
    {
        Invalid++;
        _problems.AddRange(
            problems.Take(MaxProblems - _problems.Count)
                .Select(problem => problem.Brief())
                .Select(problem => new LineProblem(line, problem.Field, problem.Message)));
    }
}

/// <summary>A problem of a line.</summary>
public sealed record LineProblem(int Line, string Field, string Message);
