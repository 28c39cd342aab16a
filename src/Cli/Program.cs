using Darkroom.Cli;

using var interruption = new Interruption();
return await DarkroomCommand.RunAsync(args, Surroundings.OfThisProcess(), interruption.Token);
