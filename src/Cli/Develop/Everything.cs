namespace Darkroom.Cli.Develop;

/// <summary>Builds everything of the checkout, after it has checked the tools and fetched the npm packages.</summary>
internal static class Everything
{
    public static async Task BuildAsync(string root, CommandEnvironment environment, CancellationToken cancellation)
    {
        await new Tools(root).RequireAsync(cancellation);
        await new NpmPackages(root).RestoreAsync(all: true, Tell, cancellation);
        await new Builds(root, Tell).AllAsync(cancellation);

        void Tell(string text) => environment.Error.WriteLine($"› {text}");
    }
}
