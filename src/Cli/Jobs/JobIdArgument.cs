using System.CommandLine;

namespace Darkroom.Cli.Jobs;

internal static class JobIdArgument
{
    public static Argument<string> Create() => new("id") { Description = "The job's id.", Validators = { result => RefuseEmpty(result) } };

    private static void RefuseEmpty(System.CommandLine.Parsing.ArgumentResult result)
    {
        if (result.Tokens.Any(token => !JobPaths.IsId(token.Value)))
            result.AddError("id: The id is empty or has dots only. To see the ids: darkroom list.");
    }
}
