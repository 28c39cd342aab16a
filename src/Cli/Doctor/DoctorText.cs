using Darkroom.Cli.Screen;

namespace Darkroom.Cli.Doctor;

/// <summary>Prints the findings: the level, the part and what was found; the cure below it.</summary>
internal static class DoctorText
{
    public static void Print(CommandEnvironment environment, IReadOnlyList<Finding> findings)
    {
        var levelWidth = Enum.GetValues<Level>().Max(level => FactSheet.WidthOf(LevelText(level)));
        var checkWidth = findings.Max(finding => FactSheet.WidthOf(finding.Check));
        foreach (var finding in findings)
        {
            var line = $"{Padded(LevelText(finding.Level), levelWidth)}  {Padded(finding.Check, checkWidth)}  {finding.Message}";
            environment.Out.WriteLine(line);
            if (finding.Cure is not null)
                environment.Out.WriteLine($"{new string(' ', levelWidth + 2)}→ {finding.Cure}");
        }

        var (problems, warnings) = (Count(Level.Problem), Count(Level.Warning));
        environment.Out.WriteLine(problems + warnings == 0 ? DoctorWords.AllIsWell : DoctorWords.Sum.With(problems, warnings));

        int Count(Level level) => findings.Count(finding => finding.Level == level);
    }

    private static string Padded(string text, int width) => text + new string(' ', width - FactSheet.WidthOf(text));

    private static string LevelText(Level level) => level switch
    {
        Level.Problem => DoctorWords.LevelProblem,
        Level.Warning => DoctorWords.LevelWarning,
        _ => DoctorWords.LevelOk,
    };
}
