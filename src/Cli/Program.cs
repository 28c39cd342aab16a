using Darkroom;
using Darkroom.Cli;

LoopbackProxy.Avoid();
using var interruption = new Interruption();
return await DarkroomCommand.RunAsync(args, CommandEnvironment.OfThisProcess(), interruption.Token);
