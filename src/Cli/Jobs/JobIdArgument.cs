using System.CommandLine;

namespace Darkroom.Cli.Jobs;

/// <summary>The id of a job.</summary>
internal static class JobIdArgument
{
    public static Argument<string> Create() => new("id") { Description = "The job's id.", Validators = { result => RefuseEmpty(result) } };

    // An empty id would name all jobs.
    private static void RefuseEmpty(System.CommandLine.Parsing.ArgumentResult result)
    {
        if (result.Tokens.Any(token => string.IsNullOrWhiteSpace(token.Value) || token.Value.Trim('.').Length == 0))
            result.AddError("id: Is empty.");
    }
}
