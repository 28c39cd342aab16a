using System.CommandLine;
using Darkroom;
using Darkroom.LocalHost;
using Darkroom.LocalHost.Hosting;

LoopbackProxy.Avoid();
var folder = new Argument<string>("app")
{
    Description = "The build output of the app, such as bin/Release/net10.0",
    DefaultValueFactory = _ => ".",
};
var port = new Option<int>("--port") { Description = "The port on 127.0.0.1; 0 for any free port", DefaultValueFactory = _ => 7071 };
var keyFile = new Option<string?>(
    "--require-key")
{ Description = "Callers must send the key in this file; a missing file is created" };
var instance = new Option<string?>(
    "--instance")
{ Description = "The name of this host, if several on one machine share the work of one storage account" };
var verbose = new Option<bool>("--verbose") { Description = "Log each run of a function and the events of the durable engine" };
var command = new RootCommand("Runs an isolated .NET function app on this machine.") { folder, port, keyFile, instance, verbose };
command.SetAction(async parsed =>
{
    var options = new HostOptions
    {
        AppFolder = parsed.GetValue(folder)!,
        Port = parsed.GetValue(port),
        KeyFile = parsed.GetValue(keyFile),
        Instance = parsed.GetValue(instance),
        IsVerbose = parsed.GetValue(verbose),
    };
    try
    {
        using var run = new LocalHostRun(options);
        await run.RunAsync();
        return 0;
    }
    catch (StartException exception)
    {
        await Console.Error.WriteLineAsync(exception.Message);
        return 1;
    }
});
return await command.Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null });
