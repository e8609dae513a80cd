using Orleans.Paxos.Cli.Load.Runs;

namespace Orleans.Paxos.Benchmarks.Runs;

/// <summary>Shows the progress of a run: one changing line on a terminal, and nothing elsewhere.</summary>
/// <param name="output">Receives the line.</param>
/// <param name="isTerminal">Whether a line can be overwritten.</param>
internal sealed class LiveLine(TextWriter output, bool isTerminal)
{
    private readonly Lock _lock = new();
    private int _width;

    /// <summary>Creates the line on standard error.</summary>
    public static LiveLine OnStandardError() =>
        new(Console.Error, !Console.IsErrorRedirected && Environment.GetEnvironmentVariable("NO_COLOR") is null or "" && Environment.GetEnvironmentVariable("TERM") is not "dumb");

    public void Show(LoadProgress progress) => Show(
        $"{progress.Target}, {progress.Scenario}, {progress.Clients} clients: {progress.Elapsed.TotalSeconds:0} of {progress.Total.TotalSeconds:0} s, {progress.RatePerSecond:n0}/s{(progress.Errors > 0 ? $", {progress.Errors} errors" : "")}");

    public void Show(string line)
    {
        if (!isTerminal)
            return;
        lock (_lock)
        {
            output.Write($"\r{line.PadRight(_width)}");
            _width = line.Length;
        }
    }

    /// <summary>Removes the line, so that other text can be printed.</summary>
    public void Clear()
    {
        Show("");
        if (isTerminal)
            output.Write("\r");
    }
}
