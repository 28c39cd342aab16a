using Darkroom.Simulator.Tasks;

namespace Darkroom.Simulator.Scenarios;

/// <summary>Which scenarios apply where, as told over the control endpoint or by a test.</summary>
public sealed class ScenarioBook
{
    private readonly Lock _lock = new();
    private readonly List<Entry> _entries = [];
    private Random _chance = new(1);

    /// <summary>What is assigned now, in order.</summary>
    public IReadOnlyList<Assignment> Assigned
    {
        get
        {
            lock (_lock)
                return [.. _entries.Select(entry => entry.Assignment)];
        }
    }

    /// <summary>Lets a scenario apply.</summary>
    /// <exception cref="ArgumentException">No scenario has that name.</exception>
    public void Assign(Assignment assignment)
    {
        ArgumentNullException.ThrowIfNull(assignment);
        var scenario = ScenarioCatalogue.Find(assignment.Scenario)
            ?? throw new ArgumentException(
                $"There is no scenario \"{assignment.Scenario}\". GET /control/scenarios lists them.", nameof(assignment));
        lock (_lock)
            _entries.Add(new Entry(assignment, scenario));
    }

    /// <summary>Lets a scenario apply everywhere, or to some prompts only.</summary>
    public void Assign(string scenario, string? prompt = null, int? times = null) =>
        Assign(new Assignment(scenario) { Prompt = prompt, Times = times });

    /// <summary>
    /// Forgets what was assigned to a prompt, and nothing else: others may be using this simulator. Tasks that began keep theirs.
    /// </summary>
    public void Withdraw(string prompt)
    {
        lock (_lock)
            _entries.RemoveAll(entry => entry.Assignment.Prompt == prompt);
    }

    /// <summary>Forgets all assignments; chances are drawn from <paramref name="seed"/> again.</summary>
    public void Clear(int seed = 1)
    {
        lock (_lock)
        {
            _entries.Clear();
            _chance = new Random(seed);
        }
    }

    /// <summary>What happens to a submit, and to the task if it comes to one. Counts the submit.</summary>
    internal (SubmitTwist? Submit, TaskTwists Task) Meet(SubmittedBody body)
    {
        lock (_lock)
        {
            SubmitTwist? submit = null;
            var applied = new List<(Scenario Scenario, int? Times)>();
            foreach (
                var entry in _entries.Where(
                    entry => entry.Assignment.Fits(body.Model, body.Prompt)).OrderBy(entry => entry.Assignment.Narrowness))
            {
                if (entry.Assignment.Chance is { } chance && _chance.NextDouble() >= chance)
                    continue;
                if (entry.Scenario.Submit is { } twist && (entry.Assignment.Times is null || entry.Met++ < entry.Assignment.Times))
                    submit = twist;
                applied.Add((entry.Scenario, entry.Assignment.Times));
            }

            return (submit, new TaskTwists(applied));
        }
    }

    private sealed record Entry(Assignment Assignment, Scenario Scenario)
    {
        public int Met { get; set; }
    }
}
