using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Orleans.Paxos.Silo.Processes;

/// <summary>Runs this program in a separate process and forwards its output line by line.</summary>
internal sealed class SiloProcess : IAsyncDisposable
{
    private const int SigTerminate = 15;
    private static readonly TimeSpan BetweenQuestions = TimeSpan.FromMilliseconds(100);

    private readonly Process _process;

    private SiloProcess(Process process) => _process = process;

    /// <summary>The id of the process.</summary>
    public int Id => _process.Id;

    /// <summary>The processor time that it has spent so far.</summary>
    public TimeSpan ProcessorTime => _process.TotalProcessorTime;

    /// <summary>The memory that it has in use, in bytes.</summary>
    public long WorkingSet
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64;
        }
    }

    /// <summary>Whether the process has ended.</summary>
    public bool HasEnded => _process.HasExited;

    /// <summary>Starts a process.</summary>
    /// <param name="arguments">Its command line.</param>
    /// <param name="onOutput">Receives each line of its standard output.</param>
    /// <param name="onError">Receives each line of its standard error.</param>
    /// <param name="environment">Environment variables to add to those of this process; null for none.</param>
    /// <returns>The process, which does not serve yet.</returns>
    public static SiloProcess Start(IEnumerable<string> arguments, Action<string> onOutput, Action<string> onError, IReadOnlyDictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Orleans.Paxos.Silo.dll"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment ?? ImmutableDictionary<string, string>.Empty)
            start.Environment[name] = value;
        var process = new Process { StartInfo = start };
        process.OutputDataReceived += (_, line) => HandOn(line.Data, onOutput);
        process.ErrorDataReceived += (_, line) => HandOn(line.Data, onError);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return new SiloProcess(process);
    }

    /// <summary>Waits until the silo is ready, which means that a majority of the acceptors answers it.</summary>
    /// <param name="url">The URL of the silo.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>Whether the silo is ready; false when the process has ended.</returns>
    public async Task<bool> IsReadyAsync(Uri url, CancellationToken cancellationToken)
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = url };
        while (!_process.HasExited)
        {
            if (await AnswersAsync(http, cancellationToken))
                return true;
            await Task.Delay(BetweenQuestions, TimeProvider.System, cancellationToken);
        }

        return false;
    }

    /// <summary>Sends SIGTERM, which stops the silo gracefully.</summary>
    public void Terminate() => Signal(SigTerminate);

    /// <summary>Sends a signal, unless the process has already ended.</summary>
    /// <param name="signal">The signal's number.</param>
    public void Signal(int signal)
    {
        if (!_process.HasExited && SendSignal(_process.Id, signal) != 0 && !_process.HasExited)
            throw new InvalidOperationException($"Process {_process.Id} cannot be sent signal {signal}: error {Marshal.GetLastPInvokeError()}.");
    }

    /// <summary>Sends SIGKILL.</summary>
    public void Kill() => _process.Kill();

    /// <summary>Waits until the process has ended and its last line has been forwarded.</summary>
    /// <param name="cancellationToken">Cancels the wait; the process continues.</param>
    /// <returns>Its exit code.</returns>
    public async Task<int> EndAsync(CancellationToken cancellationToken = default)
    {
        await _process.WaitForExitAsync(cancellationToken);
        return _process.ExitCode;
    }

    /// <summary>Kills the process if it still runs.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            Kill();
            await EndAsync();
        }

        _process.Dispose();
    }

    private static async Task<bool> AnswersAsync(HttpClient http, CancellationToken cancellationToken)
    {
        try
        {
            using var answer = await http.GetAsync("health/ready", cancellationToken);
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false; // the silo does not listen yet
        }
    }

    private static void HandOn(string? line, Action<string> take)
    {
        if (line is not null)
            take(line);
    }

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static extern int SendSignal(int process, int signal);
}
