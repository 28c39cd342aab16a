using Darkroom;
using Darkroom.Cli;
using Darkroom.Cli.Develop;

if (Shim.MustRebuild(args))
    return Shim.Rebuild;
LoopbackProxy.Avoid();
using var interruption = new Interruption();
return await DarkroomCommand.RunAsync(args, CommandEnvironment.OfThisProcess(), interruption.Token);
