#pragma warning disable MA0047 // the runtime looks for this type without a namespace
/// <summary>
/// The .NET runtime of the worker runs this before the app's own code (DOTNET_STARTUP_HOOKS; the name and the missing namespace are part of
/// that contract). The worker's standard input is a pipe from the host: when it ends, the host is gone, and the worker ends as well.
/// </summary>
internal static class StartupHook
{
    public static void Initialize()
    {
        // Programs that the worker starts are not watched.
        Environment.SetEnvironmentVariable("DOTNET_STARTUP_HOOKS", null);
        new Thread(WaitForHost) { IsBackground = true, Name = "Host watch" }.Start();
    }

    private static void WaitForHost()
    {
        using var input = Console.OpenStandardInput();
        while (input.ReadByte() >= 0)
        {
            // Nothing is ever sent; only the end counts.
        }

        Environment.Exit(1);
    }
}
