using Orleans.Paxos.Silo.Hosting;

namespace Orleans.Paxos.Silo.Processes;

/// <summary>Runs a cluster of silo processes on this machine. No process has a special role.</summary>
/// <param name="members">The processes.</param>
/// <param name="output">Receives the instructions for the user.</param>
internal sealed class ProcessCluster(ImmutableArray<PlannedSilo> members, TextWriter output) : IAsyncDisposable
{
    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(60);

    private const string ErrorPrefix = "error: ";
    private const int LastLines = 3;

    private readonly List<(PlannedSilo Member, SiloProcess Process, TextWriter Log)> _running = [];

    /// <summary>Runs the processes until the cluster is stopped.</summary>
    /// <param name="stopping">Stops the cluster.</param>
    /// <exception cref="StartException">A process did not become ready, or all processes ended by themselves.</exception>
    public async Task RunAsync(CancellationToken stopping)
    {
        try
        {
            foreach (var member in members)
                Start(member);
            await AllReadyAsync(stopping);
            await output.WriteAsync(Welcome());
            await output.FlushAsync(stopping);
            await Task.WhenAll(_running.Select(silo => silo.Process.EndAsync(stopping)));
            throw new StartException($"All silo processes have ended. Their logs are in {members[0].Settings.DataDirectory}.");
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // the cluster is stopping
        }
    }

    /// <summary>Stops the processes that still run and kills those that do not stop in time.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var (_, process, _) in _running)
            process.Terminate();
        using var patience = new CancellationTokenSource(StopTimeout);
        foreach (var (member, process, log) in _running)
        {
            try
            {
                await process.EndAsync(patience.Token);
            }
            catch (OperationCanceledException)
            {
                await log.WriteLineAsync($"error: {member.Name} did not stop within {StopTimeout.TotalSeconds} s and is killed. What it acknowledged is safe.");
            }

            await process.DisposeAsync();
            await log.DisposeAsync();
        }
    }

    private void Start(PlannedSilo member)
    {
        Directory.CreateDirectory(member.Settings.DataDirectory);
        var log = TextWriter.Synchronized(new StreamWriter(member.Log) { AutoFlush = true });
        _running.Add((member, SiloProcess.Start(member.Arguments, log.WriteLine, log.WriteLine), log));
    }

    /// <summary>Waits for all; the first that cannot get ready ends the wait, because others may wait for it in vain.</summary>
    private async Task AllReadyAsync(CancellationToken stopping)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        Task[] all = [.. _running.Select(silo => ReadyAsync(silo.Member, silo.Process, over.Token))];
        try
        {
            await foreach (var ready in Task.WhenEach(all))
                await ready;
        }
        finally
        {
            await over.CancelAsync();
            await Task.WhenAll(all).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static async Task ReadyAsync(PlannedSilo member, SiloProcess process, CancellationToken stopping)
    {
        using var patience = new CancellationTokenSource(StartTimeout);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, stopping);
        try
        {
            if (await process.IsReadyAsync(member.Url, ended.Token))
                return;
            var code = await process.EndAsync(ended.Token);
            throw new StartException($"The silo {member.Name} has ended with exit code {code} before it was ready. Its log is {member.Log}: {await ReasonAsync(member.Log, stopping)}");
        }
        catch (OperationCanceledException) when (!stopping.IsCancellationRequested)
        {
            throw new StartException($"The silo {member.Name} was not ready within {StartTimeout.TotalSeconds} s. Its log is {member.Log}.");
        }
    }

    /// <summary>What a process that could not start says of it; the end of its log, if it was killed before it could.</summary>
    private static async Task<string> ReasonAsync(string log, CancellationToken cancellationToken)
    {
        var lines = await File.ReadAllLinesAsync(log, cancellationToken);
        var errors = lines.Where(line => line.StartsWith(ErrorPrefix, StringComparison.Ordinal)).ToArray();
        return string.Join(' ', errors.Length > 0 ? errors : lines.TakeLast(LastLines));
    }

    private string Welcome()
    {
        var lines = _running.Select(silo => $"  {silo.Member.Name}  {silo.Member.Settings.Http.Listen.Addresses[0].Url}  pid {silo.Process.Id}  log {silo.Member.Log}");
        return $"""

            {(members.Length == 1 ? "1 silo process serves" : $"{members.Length} silo processes serve")}:

            {string.Join('\n', lines)}

              curl -X PUT --data on {members[0].Url}v1/registers/flags/dark-mode
              curl {members[^1].Url}v1/registers/flags/dark-mode

            Kill any minority of them, and the others go on. To start a killed one again, give its own options, for example:
              ./run.sh {string.Join(' ', members[0].Arguments)}

            Ctrl-C stops all.

            """;
    }
}
