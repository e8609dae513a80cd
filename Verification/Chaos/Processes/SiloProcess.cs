using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;

namespace Orleans.Paxos.Verification.Chaos.Processes;

/// <summary>The real program in a process of its own.</summary>
internal sealed partial class SiloProcess : IAsyncDisposable
{
    private const int SigInterrupt = 2;
    private const int SigTerminate = 15;
    private static readonly int SigStop = OperatingSystem.IsMacOS() ? 17 : 19;
    private static readonly int SigContinue = OperatingSystem.IsMacOS() ? 19 : 18;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private readonly Process _process;
    private readonly ConcurrentQueue<string> _output = new();
    private readonly ConcurrentQueue<string> _errors = new();
    private readonly TaskCompletionSource<Uri> _serving = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private SiloProcess(IReadOnlyDictionary<string, string>? environment, string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Orleans.Paxos.Silo.dll"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
            start.Environment[name] = value;
        _process = Process.Start(start)!;
        _process.OutputDataReceived += (_, line) => Keep(_output, line.Data);
        _process.ErrorDataReceived += (_, line) => Keep(_errors, line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public string Output => string.Join('\n', _output);

    public string Errors => string.Join('\n', _errors);

    public bool HasEnded => _process.HasExited;

    /// <summary>Where it serves; set once it does.</summary>
    public HttpClient Http { get; private set; } = new();

    /// <summary>Starts it on a free port and waits until it serves. What does not serve is not left running.</summary>
    public static Task<SiloProcess> ServeAsync(string data, IReadOnlyDictionary<string, string>? environment = null, params string[] arguments) =>
        ServeAsync(environment, ["--url", "http://127.0.0.1:0", "--data", data, .. arguments]);

    /// <summary>Starts it as it is told and waits until it serves. What does not serve is not left running.</summary>
    public static async Task<SiloProcess> ServeAsync(IReadOnlyDictionary<string, string>? environment, params string[] arguments)
    {
        var silo = new SiloProcess(environment, arguments);
        try
        {
            var exited = silo._process.WaitForExitAsync();
            var first = await Task.WhenAny(silo._serving.Task, exited).WaitAsync(Patience);
            if (first == exited)
                throw new InvalidOperationException($"The silo ended at once: {silo.Output} {silo.Errors}");
            silo.Http = new HttpClient { BaseAddress = await silo._serving.Task };
            return silo;
        }
        catch
        {
            await silo.DisposeAsync();
            throw;
        }
    }

    /// <summary>Runs it to its end.</summary>
    public static Task<(int Code, string Output, string Errors)> RunAsync(params string[] arguments) => RunAsync(null, arguments);

    /// <summary>Runs it in an environment to its end.</summary>
    public static async Task<(int Code, string Output, string Errors)> RunAsync(IReadOnlyDictionary<string, string>? environment, params string[] arguments)
    {
        await using var silo = new SiloProcess(environment, arguments);
        var code = await silo.EndAsync();
        return (code, silo.Output, silo.Errors);
    }

    /// <summary>Runs it until something has happened, and asks it to stop.</summary>
    public static async Task<(int Code, string Output, string Errors)> RunUntilAsync(Func<bool> hasHappened, params string[] arguments)
    {
        await using var silo = new SiloProcess(null, arguments);
        while (!hasHappened() && !silo._process.HasExited)
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System);
        var code = await silo.StopAsync();
        return (code, silo.Output, silo.Errors);
    }

    /// <summary>Asks it to stop, as Ctrl-C (SIGINT) or a service manager (SIGTERM) does.</summary>
    public Task<int> StopAsync(PosixSignal signal = PosixSignal.SIGTERM)
    {
        Signal(signal == PosixSignal.SIGINT ? SigInterrupt : SigTerminate);
        return EndAsync();
    }

    /// <summary>SIGKILL: nothing of it runs any more.</summary>
    public Task<int> KillAsync()
    {
        _process.Kill();
        return EndAsync();
    }

    /// <summary>SIGSTOP: it hangs, and its connections stay open.</summary>
    public void Freeze() => Signal(SigStop);

    /// <summary>SIGCONT: it goes on.</summary>
    public void Thaw() => Signal(SigContinue);

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            await KillAsync();
        Http.Dispose();
        _process.Dispose();
    }

    private void Signal(int signal)
    {
        if (SendSignal(_process.Id, signal) != 0)
            throw new InvalidOperationException($"Process {_process.Id} cannot be sent signal {signal}: error {Marshal.GetLastPInvokeError()}. It has ended: {Output} {Errors}");
    }

    private async Task<int> EndAsync()
    {
        await _process.WaitForExitAsync().WaitAsync(Patience);
        return _process.ExitCode;
    }

    private void Keep(ConcurrentQueue<string> lines, string? line)
    {
        if (line is null)
            return;
        lines.Enqueue(line);
        if (line.StartsWith("Data: ", StringComparison.Ordinal) && ServingAt().Match(Output) is { Success: true } match)
            _serving.TrySetResult(new Uri(match.Groups[1].Value)); // the last line: all is printed
    }

    [GeneratedRegex(@"Orleans\.Paxos (?:serves|listens) at (https?://\S+)")]
    private static partial Regex ServingAt();

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static extern int SendSignal(int process, int signal);
}
