using Spectre.Console;

namespace Orleans.Paxos.Cli.Output;

/// <summary>A progress bar on standard error while something runs; nothing where nobody watches.</summary>
internal static class ProgressBar
{
    /// <param name="console">The console.</param>
    /// <param name="title">What runs.</param>
    /// <param name="wanted">Whether there is room for it on the screen.</param>
    /// <param name="run">Does it; tells how many are done, of how many.</param>
    public static Task RunAsync(CliConsole console, string title, bool wanted, Func<Action<int, int>, Task> run) =>
        RunTitledAsync(console, title, wanted, show => run((done, total) => show(title, done, total)));

    /// <param name="console">The console.</param>
    /// <param name="title">What runs, to begin with.</param>
    /// <param name="wanted">Whether there is room for it on the screen.</param>
    /// <param name="run">Does it; tells what runs now, how much is done, of how much.</param>
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
