using Orleans.Paxos.Client.Registers;
using Orleans.Paxos.Verification.Linearizability;
using Orleans.Paxos.Verification.Simulation.Monitors;

namespace Orleans.Paxos.Verification.Simulation.Clients;

/// <summary>Follows one register and writes down what it is given.</summary>
internal sealed class Watcher(RegisterClient client, Recorder recorder, InvariantMonitor monitor, string register, int number)
{
    public string Register => register;

    /// <summary>The last version it was given.</summary>
    public long Version { get; private set; }

    public async Task RunAsync()
    {
        var waiting = recorder.Now();
        try
        {
            await foreach (var batch in client.WatchAsync(register))
            {
                recorder.Add(new Operation
                {
                    Client = number,
                    Register = register,
                    Kind = OperationKind.Watch,
                    After = Version,
                    Invoked = waiting,
                    Returned = waiting = recorder.Now(),
                    Answer = Answer.Seen,
                    Entries = recorder.Shown(batch.Entries),
                    CompactedThrough = batch.CompactedThrough,
                });
                if (batch.CompactedThrough > 0)
                    monitor.Compacted(register, batch.CompactedThrough);
                Version = batch.Entries.IsEmpty ? batch.CompactedThrough : batch.Entries[^1].Version;
            }
        }
        catch (Exception exception)
        {
            recorder.Unexpected.Add($"the watch of register {register} met {exception.GetType().Name}: {exception.Message}");
        }
    }
}
