using Spectre.Console;

namespace Orleans.Paxos.Cli.Output;

/// <summary>Shows a progress bar on standard error while an operation runs, if standard error is a terminal.</summary>
internal static class ProgressBar
{
    /// <param name="console">The console.</param>
    /// <param name="title">The title of the operation.</param>
    /// <param name="wanted">Whether the screen has room for the bar.</param>
    /// <param name="run">Runs the operation and reports how many items are done, and of how many.</param>
    public static Task RunAsync(CliConsole console, string title, bool wanted, Func<Action<int, int>, Task> run) =>
        RunTitledAsync(console, title, wanted, show => run((done, total) => show(title, done, total)));

    /// <param name="console">The console.</param>
    /// <param name="title">The first title.</param>
    /// <param name="wanted">Whether the screen has room for the bar.</param>
    /// <param name="run">Runs the operation and reports the current title, how much is done, and of how much.</param>
    public static async Task RunTitledAsync(CliConsole console, string title, bool wanted, Func<Action<string, double, double>, Task> run)
    {
        if (!wanted || !console.Traits.ErrorIsTerminal || console.Traits.Dumb)
        {
            await run((_, _, _) => { });
            return;
        }

        await console.Progress().Progress()
            .AutoClear(true)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .StartAsync(async context =>
            {
                var bar = context.AddTask(Markup.Escape(title));
                await run((now, done, total) =>
                {
                    bar.Description = Markup.Escape(now);
                    bar.MaxValue = total;
                    bar.Value = done;
                });
            });
    }
}
