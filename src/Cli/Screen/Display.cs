using Spectre.Console;
using Spectre.Console.Rendering;

namespace Darkroom.Cli.Screen;

/// <summary>Shows progress on standard error: on a terminal in place, otherwise as a new line for each change.</summary>
internal static class Display
{
    /// <summary>Shows one line: a bar on a terminal, with the step and the remaining time.</summary>
    public static async Task<T> ShowBarAsync<T>(CommandEnvironment environment, Func<Action<Step>, Task<T>> work)
    {
        if (!environment.IsErrorTerminal)
            return await ShowLinesAsync(environment, tell => work(step => tell(step.Text)));

        return await Consoles.Of(environment.Error)
            .Progress()
            .Columns(
                new SpinnerColumn(), new ProgressBarColumn { Width = 30 }, new PercentageColumn(),
                new TaskDescriptionColumn { Alignment = Justify.Left })
            .StartAsync(context =>
            {
                var task = context.AddTask("…", maxValue: 100);
                task.IsIndeterminate = true;
                return work(step =>
                {
                    task.IsIndeterminate = step.Percent is null;
                    task.Value = step.Percent ?? 0;
                    var left = step.EtaSeconds is > 0 and var eta ? $", {Words.TimeLeft.With(Durations.Text(eta))}" : "";
                    task.Description = Consoles.Text(step.Text + left);
                });
            });
    }

    /// <summary>Shows a picture that changes on a terminal, otherwise lines.</summary>
    public static async Task<T> ShowLiveAsync<T>(CommandEnvironment environment, Func<Action<Scene>, Task<T>> work)
    {
        if (!environment.IsErrorTerminal)
            return await ShowLinesAsync(environment, tell => work(scene => tell(scene.Line)));

        return await Consoles.Of(environment.Error)
            .Live(new Text("…"))
            .StartAsync(context => work(scene => context.UpdateTarget(scene.Picture())));
    }

    private static async Task<T> ShowLinesAsync<T>(CommandEnvironment environment, Func<Action<string>, Task<T>> work)
    {
        var last = "";
        return await work(text =>
        {
            if (text != last)
                environment.Error.WriteLine(last = text);
        });
    }
}

/// <summary>How far the work is.</summary>
/// <param name="Text">The current step.</param>
/// <param name="Percent">The share that is done; null if it is not known.</param>
/// <param name="EtaSeconds">The remaining time; null if it is not known.</param>
internal sealed record Step(string Text, double? Percent = null, int? EtaSeconds = null);

/// <summary>A state to show.</summary>
/// <param name="Line">As a line.</param>
/// <param name="Picture">As a picture for a terminal.</param>
internal sealed record Scene(string Line, Func<IRenderable> Picture);
