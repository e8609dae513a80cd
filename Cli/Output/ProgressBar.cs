using Spectre.Console;

namespace Orleans.Paxos.Cli;

/// <summary>A progress bar on standard error while something runs; nothing where nobody watches.</summary>
internal static class ProgressBar
{
    /// <param name="console">The console.</param>
    /// <param name="title">What runs.</param>
    /// <param name="wanted">Whether there is room for it on the screen.</param>
    /// <param name="run">Does it; tells how many are done, of how many.</param>
    public static async Task RunAsync(CliConsole console, string title, bool wanted, Func<Action<int, int>, Task> run)
    {
        if (!wanted || !console.Traits.ErrorIsTerminal || console.Traits.Dumb)
        {
            await run((_, _) => { });
            return;
        }

        await console.Progress().Progress()
            .AutoClear(true)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .StartAsync(async context =>
            {
                var bar = context.AddTask(title);
                await run((done, total) =>
                {
                    bar.MaxValue = total;
                    bar.Value = done;
                });
            });
    }
}
