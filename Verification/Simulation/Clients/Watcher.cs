using Orleans.Paxos.Client.Registers;
using Orleans.Paxos.Verification.Simulation.Monitors;

namespace Orleans.Paxos.Verification.Simulation.Clients;

/// <summary>Follows one register and writes down what it is given.</summary>
internal sealed class Watcher(RegisterClient client, Recorder recorder, InvariantMonitor monitor, string register, int number)
{
    public string Register => register;

    /// <summary>The last version that it received.</summary>
    public long Version { get; private set; }

    public async Task RunAsync()
    {
        var waiting = recorder.Now();
        try
        {
            await foreach (var batch in client.WatchAsync(register))
            {
                if (batch.Notice == WatchNotice.Reset)
                    recorder.Unexpected.Add($"the watch of register {register} was told to begin anew after version {Version}");
                if (batch.Notice is WatchNotice.Unavailable or WatchNotice.Available)
                    continue;
                waiting = recorder.AddWatched(number, register, Version, waiting, batch.Entries, batch.CompactedThrough);
                if (batch.CompactedThrough > 0)
                    monitor.Compacted(register, batch);
                Version = WatchPoint.Of(batch).Version;
            }
        }
        catch (Exception exception)
        {
            recorder.Unexpected.Add($"the watch of register {register} met {exception.GetType().Name}: {exception.Message}");
        }
    }
}
