using System.IO.Pipelines;
using System.Text;

namespace Orleans.Paxos.Tests.Cli;

/// <summary>A watch that runs in the background, read line by line.</summary>
internal sealed class WatchRun : IAsyncDisposable
{
    private readonly CancellationTokenSource _interrupt = new();
    private readonly Pipe _output = new();
    private readonly MemoryStream _error = new();
    private readonly StreamReader _lines;
    private readonly Task<int> _run;

    public WatchRun(Dictionary<string, string> environment, params string[] arguments)
    {
        _lines = new StreamReader(_output.Reader.AsStream());
        var run = new CliRun { Environment = environment, Interrupt = _interrupt.Token };
        _run = Task.Run(() => run.RunAsync(_output.Writer.AsStream(), _error, arguments));
    }

    public string Error => Encoding.UTF8.GetString(_error.ToArray());

    public async Task<string> LineAsync()
    {
        var line = _lines.ReadLineAsync(TestContext.Current.CancellationToken).AsTask();
        if (await Task.WhenAny(line, _run) == _run)
            Assert.Fail($"The watch ended with {await _run}: {Error}");
        return (await line)!;
    }

    /// <summary>Waits until it has written a text to standard error.</summary>
    public Task UntilErrorAsync(string part) => UntilAsync(() => Error.Contains(part, StringComparison.Ordinal));

    /// <summary>Waits for something that it does.</summary>
    public async Task UntilAsync(Func<bool> done)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60), TimeProvider.System);
        while (!done())
        {
            patience.Token.ThrowIfCancellationRequested();
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, TestContext.Current.CancellationToken);
            if (_run.IsCompleted && !done())
                Assert.Fail($"The watch ended with {await _run}: {Error}");
        }
    }

    /// <summary>Gets the version and the value of the next line.</summary>
    public async Task<string[]> RowAsync()
    {
        var cells = (await LineAsync()).Split('\t');
        return [cells[0], cells[3]];
    }

    /// <summary>Presses Ctrl-C.</summary>
    public async Task<int> InterruptAsync()
    {
        await _interrupt.CancelAsync();
        return await _run;
    }

    public async ValueTask DisposeAsync()
    {
        await InterruptAsync();
        _lines.Dispose();
        _interrupt.Dispose();
    }
}
