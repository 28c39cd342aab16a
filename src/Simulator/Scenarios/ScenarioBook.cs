using Darkroom.Simulator.Tasks;

namespace Darkroom.Simulator.Scenarios;

/// <summary>The assigned scenarios, set over the control endpoint or by a test.</summary>
public sealed class ScenarioBook
{
    private readonly Lock _lock = new();
    private readonly List<Entry> _entries = [];
    private Random _chance = new(1);

    /// <summary>The current assignments, the oldest first.</summary>
    public IReadOnlyList<Assignment> Assigned
    {
        get
        {
            lock (_lock)
                return [.. _entries.Select(entry => entry.Assignment)];
        }
    }

    /// <summary>Assigns a scenario.</summary>
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

    /// <summary>Assigns a scenario to every submit, or only to prompts that contain a text.</summary>
    public void Assign(string scenario, string? prompt = null, int? times = null) =>
        Assign(new Assignment(scenario) { Prompt = prompt, Times = times });

    /// <summary>
    /// Removes the assignments to a prompt. Other assignments stay, because several tests can share a simulator. Accepted tasks keep their
    /// scenarios.
    /// </summary>
    public void Withdraw(string prompt)
    {
        lock (_lock)
            _entries.RemoveAll(entry => entry.Assignment.Prompt == prompt);
    }

    /// <summary>
    /// Removes all assignments, and restarts the random numbers for <see cref="Assignment.Chance"/> with <paramref name="seed"/>.
    /// </summary>
    public void Clear(int seed = 1)
    {
        lock (_lock)
        {
            _entries.Clear();
            _chance = new Random(seed);
        }
    }

    /// <summary>Returns the changes to a submit and to its task, and counts the submit for <see cref="Assignment.Times"/>.</summary>
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
