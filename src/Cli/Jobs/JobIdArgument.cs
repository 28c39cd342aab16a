using System.CommandLine;

namespace Darkroom.Cli.Jobs;

internal static class JobIdArgument
{
    public static Argument<string> Create() => new("id") { Description = "The job's id.", Validators = { result => RefuseEmpty(result) } };

    // An empty id or one of dots only would change the path, and address the list of all jobs instead.
    private static void RefuseEmpty(System.CommandLine.Parsing.ArgumentResult result)
    {
        if (result.Tokens.Any(token => string.IsNullOrWhiteSpace(token.Value) || token.Value.Trim('.').Length == 0))
            result.AddError("id: The id is empty or has dots only. To see the ids: darkroom list.");
    }
}
