using System.Text.Json;
using Orleans.Paxos.Cli.Errors;
using Orleans.Paxos.Cli.Output;
using Orleans.Paxos.Cli.Settings;

namespace Orleans.Paxos.Cli.Commands;

/// <summary>Runs a plan and shows its progress: a bar on a terminal, one line for each change in a pipe.</summary>
internal sealed class ImportRun(CommandContext context, ImportPlan plan, bool dryRun)
{
    private readonly List<ImportResult> _results = [];
    private readonly Lock _lock = new();

    private CliConsole Console => context.Console;

    private bool PrintsLines => !context.Json && (dryRun || !Console.Traits.OutputIsTerminal);

    public async Task<int> RunAsync(Importer importer, CancellationToken cancellationToken)
    {
        try
        {
            var room = !PrintsLines || !Console.Traits.OutputIsTerminal;
            await ProgressBar.RunAsync(Console, plan.Shape is null ? "deleting" : "importing", room, progress =>
                importer.RunAsync(plan, result => Report(result, progress), cancellationToken));
        }
        catch (Exception exception) when (exception is ImportStoppedException or OperationCanceledException)
        {
            await SummariseAsync();
            await Console.FlushAsync(CancellationToken.None);
            Console.Notice($"{plan.Values.Length - _results.Count} registers are not done. Repeat the {plan.Activity} to go on where it stopped.");
            throw;
        }

        await SummariseAsync();
        return ReportRefused() ? ExitCode.Refused : ExitCode.Ok;
    }

    private void Report(ImportResult result, Action<int, int> progress)
    {
        lock (_lock)
        {
            _results.Add(result);
            progress(_results.Count, plan.Values.Length);
            if (PrintsLines && VerbOf(result.Effect) is { } verb)
                Console.Out.WriteLine(dryRun ? $"would {verb} {result.Name}" : $"{verb}d {result.Name} version {result.Version}");
        }
    }

    private static string? VerbOf(ImportEffect effect) => effect switch
    {
        ImportEffect.Created => "create",
        ImportEffect.Changed => "change",
        ImportEffect.Deleted => "delete",
        _ => null,
    };

    private Task SummariseAsync()
    {
        var summary = ImportSummary.Of(_results, dryRun);
        return Console.Out.WriteLineAsync(context.Json ? JsonSerializer.Serialize(summary, ImportJson.Default.ImportSummary) : summary.ToString());
    }

    private bool ReportRefused()
    {
        var refused = _results.Where(result => result.Effect == ImportEffect.Refused).ToArray();
        foreach (var result in refused)
            Console.Notice($"'{result.Name}' was changed by somebody else during the {plan.Activity}, to version {result.Version}, and was left as it is.");
        return refused.Length > 0;
    }
}
