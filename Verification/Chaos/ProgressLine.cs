namespace Orleans.Paxos.Verification.Chaos;

/// <summary>Shows the progress of a run: one changing line on a terminal, or a new line every few seconds elsewhere.</summary>
/// <param name="output">Receives the lines.</param>
/// <param name="isTerminal">Whether a line can be overwritten.</param>
internal sealed class ProgressLine(TextWriter output, bool isTerminal)
{
    private static readonly TimeSpan BetweenLines = TimeSpan.FromSeconds(10);

    private TimeSpan _next;
    private int _width;

    public void Show(ChaosProgress progress)
    {
        if (isTerminal)
        {
            var line = progress.ToString();
            output.Write($"\r{line.PadRight(_width)}");
            _width = line.Length;
        }
        else if (progress.Elapsed >= _next)
        {
            output.WriteLine(progress);
            _next = progress.Elapsed + BetweenLines;
        }
    }

    public void End()
    {
        if (isTerminal)
            output.WriteLine();
    }
}
