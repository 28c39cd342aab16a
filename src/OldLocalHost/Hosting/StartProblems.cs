namespace Darkroom.LocalHost.Hosting;

/// <summary>Everything that is wrong, so that it can be said at once instead of one start at a time.</summary>
internal sealed class StartProblems
{
    private readonly List<string> _problems = [];

    public int Count => _problems.Count;

    public void Add(string problem) => _problems.Add(problem);

    /// <exception cref="StartException">There are problems.</exception>
    public void ThrowIfAny()
    {
        if (_problems.Count > 0)
            throw new StartException($"The function app cannot start.{string.Concat(_problems.Select(problem => $"{Environment.NewLine}  - {problem}"))}");
    }
}
