using Darkroom.Fuzz.Runs;

namespace Darkroom.Fuzz;

/// <summary>
/// <c>./darkroom fuzz</c>. The process that is started supervises; it starts a worker, which runs the cases. So a case that overflows the
/// stack or never ends is a finding, and not the end of the run.
/// </summary>
internal static class Program
{
    public static async Task<int> Main(string[] args)
    {
        if (FuzzOptions.Read(args) is not { } options)
            return 1;
        return options.IsWorker ? Worker.Run(options) : await new Supervisor(options).RunAsync();
    }
}
