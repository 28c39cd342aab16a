using static Darkroom.Infra.Tests.Combinations.Prediction;

namespace Darkroom.Infra.Tests.Combinations;

/// <summary>The alerts, and the logs that they need.</summary>
internal static class ExpectedAlerts
{
    public static void Check(Switches switches, Prediction prediction)
    {
        string[] expected = [
            "cap", "credits", "failures", "poison", "retention", .. switches.ScalesToZero ? (string[])[] : ["silence"], "stuck"];
        var rules = prediction.OfType("Microsoft.Insights/scheduledQueryRules").ToList();
        Assert.Equal(expected, rules.Select(rule => TextOf(rule, "name").Split('-')[^1]).Order());
        Assert.Single(prediction.OfType("Microsoft.Insights/metricAlerts"));
        Assert.All(rules, rule => Assert.Equal(1, At(rule, "properties", "actions", "actionGroups").GetArrayLength()));
        Assert.Equal(
            switches.IsMore ? 1 : 0,
            At(prediction.Only("Microsoft.Insights/actionGroups"), "properties", "emailReceivers").GetArrayLength());
        // The writes to the queues, and the audit log of the vault.
        Assert.Equal(2, prediction.OfType("Microsoft.Insights/diagnosticSettings").Count());
    }
}
