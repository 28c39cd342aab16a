using Spectre.Console;

namespace Darkroom.Cli.Screen;

/// <summary>Shows progress: on a terminal as one line that changes, otherwise as a new line for each change.</summary>
internal static class Display
{
    public static async Task<T> ShowAsync<T>(CommandEnvironment environment, Func<Action<string>, Task<T>> work)
    {
        if (environment.IsErrorTerminal)
            return await Consoles.Of(environment.Error)
                .Status()
                .StartAsync("…", context => work(text => context.Status(Consoles.Text(text))));

        var last = "";
        return await work(text =>
        {
            if (text != last)
                environment.Error.WriteLine(last = text);
        });
    }

    /// <summary>Shows progress with a bar, for work whose size is known.</summary>
    public static async Task<T> ShowBarAsync<T>(CommandEnvironment environment, Func<Action<string, double>, Task<T>> work)
    {
        if (!environment.IsErrorTerminal)
            return await ShowAsync(environment, tell => work((text, _) => tell(text)));

        return await Consoles.Of(environment.Error).Progress()
            .Columns(new ProgressBarColumn(), new PercentageColumn(), new TaskDescriptionColumn { Alignment = Justify.Left })
            .StartAsync(context =>
            {
                var task = context.AddTask("…", maxValue: 1);
                return work((text, share) =>
                {
                    task.Description = Consoles.Text(text);
                    task.Value = share;
                });
            });
    }
}
