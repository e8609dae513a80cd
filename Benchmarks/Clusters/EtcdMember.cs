using System.Collections.Concurrent;
using System.Diagnostics;

namespace Orleans.Paxos.Benchmarks.Clusters;

/// <summary>The address of an etcd member.</summary>
/// <param name="Name">The member's name.</param>
/// <param name="ClientPort">The port for clients.</param>
/// <param name="PeerPort">The port for the other members.</param>
internal sealed record EtcdAddress(string Name, int ClientPort, int PeerPort)
{
    public string ClientUrl => $"http://127.0.0.1:{ClientPort}";

    public string PeerUrl => $"http://127.0.0.1:{PeerPort}";
}

/// <summary>An etcd process.</summary>
internal sealed class EtcdMember : IAsyncDisposable
{
    private const int KeptLines = 5;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly Process _process;
    private readonly ConcurrentQueue<string> _errors = new();

    private EtcdMember(Process process, Uri clientUrl)
    {
        (_process, ClientUrl) = (process, clientUrl);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.BeginErrorReadLine();
    }

    /// <summary>The URL for clients.</summary>
    public Uri ClientUrl { get; }

    /// <summary>The processor time that it has spent so far.</summary>
    public TimeSpan ProcessorTime => _process.TotalProcessorTime;

    /// <summary>Whether the process has ended.</summary>
    public bool HasEnded => _process.HasExited;

    /// <summary>The last lines of its log.</summary>
    public string Errors => string.Join(' ', _errors);

    /// <summary>Starts a member.</summary>
    /// <param name="program">The path of the etcd program.</param>
    /// <param name="own">The address of the member.</param>
    /// <param name="all">The addresses of all members.</param>
    /// <param name="data">The data directory of the member.</param>
    public static EtcdMember Start(string program, EtcdAddress own, IEnumerable<EtcdAddress> all, string data)
    {
        var process = Process.Start(new ProcessStartInfo(program,
        [
            "--name", own.Name,
            "--data-dir", data,
            "--listen-client-urls", own.ClientUrl,
            "--advertise-client-urls", own.ClientUrl,
            "--listen-peer-urls", own.PeerUrl,
            "--initial-advertise-peer-urls", own.PeerUrl,
            "--initial-cluster", string.Join(',', all.Select(member => $"{member.Name}={member.PeerUrl}")),
            "--initial-cluster-state", "new",
            "--logger", "zap",
            "--log-level", "error",
        ])
        { RedirectStandardError = true })!;
        return new EtcdMember(process, new Uri(own.ClientUrl));
    }

    /// <summary>Stops the process with SIGTERM, and kills it if it does not end.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            using var stop = Process.Start("kill", ["-TERM", $"{_process.Id}"]);
            using var patience = new CancellationTokenSource(Patience);
            try
            {
                await _process.WaitForExitAsync(patience.Token);
            }
            catch (OperationCanceledException)
            {
                _process.Kill();
            }
        }

        _process.Dispose();
    }

    private void Keep(string? line)
    {
        if (line is null)
            return;
        _errors.Enqueue(line);
        if (_errors.Count > KeptLines)
            _errors.TryDequeue(out _);
    }
}
