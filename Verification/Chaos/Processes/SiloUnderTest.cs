using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using Orleans.Paxos.Silo.Processes;

namespace Orleans.Paxos.Verification.Chaos.Processes;

/// <summary>A silo process on a free port. It keeps its output and can be paused.</summary>
internal sealed partial class SiloUnderTest : IAsyncDisposable
{
    private const int SigInterrupt = 2;
    private static readonly int SigStop = OperatingSystem.IsMacOS() ? 17 : 19;
    private static readonly int SigContinue = OperatingSystem.IsMacOS() ? 19 : 18;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private readonly SiloProcess _process;
    private readonly ConcurrentQueue<string> _output = new();
    private readonly ConcurrentQueue<string> _errors = new();
    private readonly TaskCompletionSource<Uri> _serving = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private SiloUnderTest(IReadOnlyDictionary<string, string>? environment, string[] arguments) =>
        _process = SiloProcess.Start(arguments, Hear, _errors.Enqueue, environment);

    public string Output => string.Join('\n', _output);

    public string Errors => string.Join('\n', _errors);

    public int Id => _process.Id;

    /// <summary>The client for its URL, available once the silo serves.</summary>
    public HttpClient Http { get; private set; } = new();

    /// <summary>Starts a silo on a free port and waits until it serves. A silo that does not serve is stopped.</summary>
    public static Task<SiloUnderTest> ServeAsync(string data, IReadOnlyDictionary<string, string>? environment = null, params string[] arguments) =>
        ServeAsync(environment, ["--url", "http://127.0.0.1:0", "--data", data, .. arguments]);

    /// <summary>Starts a silo with the given arguments and waits until it serves. A silo that does not serve is stopped.</summary>
    public static async Task<SiloUnderTest> ServeAsync(IReadOnlyDictionary<string, string>? environment, params string[] arguments)
    {
        var silo = Start(environment, arguments);
        try
        {
            var exited = silo._process.EndAsync();
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

    /// <summary>Starts a silo without waiting.</summary>
    public static SiloUnderTest Start(IReadOnlyDictionary<string, string>? environment, params string[] arguments) => new(environment, arguments);

    /// <summary>Runs a silo until it ends.</summary>
    public static Task<(int Code, string Output, string Errors)> RunAsync(params string[] arguments) => RunAsync(null, arguments);

    /// <summary>Runs a silo with environment variables until it ends.</summary>
    public static async Task<(int Code, string Output, string Errors)> RunAsync(IReadOnlyDictionary<string, string>? environment, params string[] arguments)
    {
        await using var silo = Start(environment, arguments);
        var code = await silo.EndAsync();
        return (code, silo.Output, silo.Errors);
    }

    /// <summary>Runs a silo until a condition is met, and then asks it to stop.</summary>
    public static async Task<(int Code, string Output, string Errors)> RunUntilAsync(Func<bool> hasHappened, params string[] arguments)
    {
        await using var silo = Start(null, arguments);
        while (!hasHappened() && !silo._process.HasEnded)
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System);
        var code = await silo.StopAsync();
        return (code, silo.Output, silo.Errors);
    }

    /// <summary>Asks the silo to stop, as Ctrl-C (SIGINT) or a service manager (SIGTERM) does.</summary>
    public Task<int> StopAsync(PosixSignal signal = PosixSignal.SIGTERM)
    {
        if (signal == PosixSignal.SIGINT)
            _process.Signal(SigInterrupt);
        else
            _process.Terminate();
        return EndAsync();
    }

    /// <summary>Sends SIGKILL, which ends the process at once.</summary>
    public Task<int> KillAsync()
    {
        _process.Kill();
        return EndAsync();
    }

    /// <summary>Sends SIGSTOP: the process hangs, and its connections stay open.</summary>
    public void Freeze() => _process.Signal(SigStop);

    /// <summary>Sends SIGCONT: the process continues.</summary>
    public void Thaw() => _process.Signal(SigContinue);

    /// <summary>Waits until the process has ended.</summary>
    public Task<int> EndAsync() => _process.EndAsync().WaitAsync(Patience);

    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        Http.Dispose();
    }

    private void Hear(string line)
    {
        _output.Enqueue(line);
        if (line.StartsWith("Data: ", StringComparison.Ordinal) && ServingAt().Match(Output) is { Success: true } match)
            _serving.TrySetResult(new Uri(match.Groups[1].Value)); // this is the last line, so all output has been read
    }

    [GeneratedRegex(@"Orleans\.Paxos (?:serves|listens) at (https?://\S+)")]
    private static partial Regex ServingAt();
}
