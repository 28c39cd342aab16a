using System.CommandLine;

namespace Darkroom.Cli.Jobs;

internal static class JobIdArgument
{
    public static Argument<string> Create() => Create(JobWords.JobId);

    public static Argument<string> Create(string description) =>
        new("id") { Description = description, Validators = { result => RefuseEmpty(result) } };

    private static void RefuseEmpty(System.CommandLine.Parsing.ArgumentResult result)
    {
        if (result.Tokens.Any(token => !JobPaths.IsId(token.Value)))
            result.AddError(JobWords.IdIsEmpty);
    }
}
