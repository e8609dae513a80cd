namespace Orleans.Paxos.Verification.Chaos;

/// <summary>Shows the progress of a run: one changing line on a terminal, or a new line every few seconds elsewhere.</summary>
/// <param name="output">Receives the lines.</param>
/// <param name="isTerminal">Whether a line can be overwritten.</param>
internal sealed class ProgressLine(TextWriter output, bool isTerminal)
{
    private static readonly TimeSpan BetweenLines = TimeSpan.FromSeconds(10);

    private TimeSpan _next;
    private int _width;

    public static ProgressLine OnStandardError() =>
        new(Console.Error, isTerminal: !Console.IsErrorRedirected && Environment.GetEnvironmentVariable("NO_COLOR") is null or "");

    /// <summary>Shows how far it is.</summary>
    /// <param name="elapsed">The time since the run began.</param>
    /// <param name="line">What there is to say.</param>
    public void Show(TimeSpan elapsed, string line)
    {
        if (isTerminal)
        {
            output.Write($"\r{line.PadRight(_width)}");
            _width = line.Length;
        }
        else if (elapsed >= _next)
        {
            output.WriteLine(line);
            _next = elapsed + BetweenLines;
        }
    }

    public void End()
    {
        if (isTerminal)
            output.WriteLine();
    }
}
