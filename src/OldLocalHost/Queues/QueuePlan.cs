using System.Text.RegularExpressions;
using Darkroom.LocalHost.Functions;
using Darkroom.LocalHost.Hosting;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Configuration;

namespace Darkroom.LocalHost.Queues;

/// <summary>Which queue a function listens to, and where that is.</summary>
internal sealed partial record QueuePlan(AppFunction Function, string QueueName, string ConnectionString)
{
    public static IReadOnlyList<QueuePlan> Of(FunctionCatalog catalog, IConfiguration configuration, StartProblems problems) =>
        [.. catalog.Enabled(TriggerKind.Queue).Select(function => Read(function, configuration, problems)).OfType<QueuePlan>()];

    // A record would print it, and it holds a key.
    public override string ToString() => $"{Function.Name}: {QueueName}";

    private static QueuePlan? Read(AppFunction function, IConfiguration configuration, StartProblems problems)
    {
        var before = problems.Count;
        void Complain(string what) => problems.Add($"Function '{function.Name}': {what}.");

        var trigger = (QueueTriggerAttribute)function.Trigger;
        var name = SettingNames.Resolve(trigger.QueueName, configuration, Complain);
        if (name is not null && !ValidName.IsMatch(name))
            Complain($"'{name}' cannot be the name of a queue: 3 to 63 lower-case letters, digits and single hyphens");
        var connection = QueueConnection.Find(trigger.Connection, configuration, Complain);
        return problems.Count > before ? null : new QueuePlan(function, name!, connection!);
    }

    [GeneratedRegex(@"^(?=.{3,63}\z)[a-z0-9]+(-[a-z0-9]+)*\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ValidName { get; }
}
