using Darkroom.Jobs.Poll;
using Darkroom.Requests;

namespace Darkroom.Batches;

/// <summary>What was read of a body: how many items it comes to, and what is wrong with which lines.</summary>
public sealed class BatchReading
{
    /// <summary>Of more lines only the number is told.</summary>
    public const int MostProblems = 200;

    private readonly List<LineProblem> _problems = [];
    private readonly Dictionary<TaskKind, int> _kinds = [];

    /// <summary>The pictures of the valid lines.</summary>
    public int Total { get; private set; }

    /// <summary>Lines that are not valid.</summary>
    public int Invalid { get; private set; }

    /// <summary>What is wrong with the first of them.</summary>
    public IReadOnlyList<LineProblem> Problems => _problems;

    /// <summary>How many pictures of which kind.</summary>
    public IReadOnlyDictionary<TaskKind, int> Kinds => _kinds;

    /// <summary>A valid picture.</summary>
    public void Add(BatchItem item)
    {
        ArgumentNullException.ThrowIfNull(item);
        Total++;
        var kind = TaskKind.Of(item.Request.Image);
        _kinds[kind] = _kinds.GetValueOrDefault(kind) + 1;
    }

    /// <summary>A line that is not valid.</summary>
    public void Refuse(int line, IEnumerable<ModelScope.Requests.FieldProblem> problems)
    {
        Invalid++;
        _problems.AddRange(
            problems.Take(MostProblems - _problems.Count)
                .Select(problem => problem.Brief())
                .Select(problem => new LineProblem(line, problem.Field, problem.Message)));
    }
}

/// <summary>What is wrong with a line.</summary>
public sealed record LineProblem(int Line, string Field, string Message);
