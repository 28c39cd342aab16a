#pragma warning disable MA0047 // the runtime requires this type without a namespace
/// <summary>
/// Ends the worker when the host has ended. The .NET runtime of the worker runs this class before the app's code (DOTNET_STARTUP_HOOKS,
/// which requires this name and no namespace). The worker's standard input is a pipe from the host; it closes when the host ends.
/// </summary>
internal static class StartupHook
{
    public static void Initialize()
    {
        // Programs that the worker starts must not load this hook.
        Environment.SetEnvironmentVariable("DOTNET_STARTUP_HOOKS", null);
        new Thread(WaitForHost) { IsBackground = true, Name = "Host watch" }.Start();
    }

    private static void WaitForHost()
    {
        using var input = Console.OpenStandardInput();
        while (input.ReadByte() >= 0)
        {
            // The host writes nothing. Only the end of the stream matters.
        }

        Environment.Exit(1);
    }
}
