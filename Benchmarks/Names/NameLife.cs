using Orleans.Paxos.Registers;

namespace Orleans.Paxos.Benchmarks.Names;

/// <summary>Writes and deletes registers as their grains do: each has one turn at a time. A change that fails is made again.</summary>
/// <param name="cluster">The cluster.</param>
internal sealed class NameLife(BareCluster cluster)
{
    private const int Attempts = 20;

    private static readonly byte[] Value = new byte[100];
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private long _failures;

    /// <summary>How many changes failed and were made again.</summary>
    public long Failures => Interlocked.Read(ref _failures);

    /// <summary>Writes a register that stays.</summary>
    public Task ComeAsync(string name, long number) => InTurnsAsync(name, number, register => ChangeAsync(register, Change.Set(Value)));

    /// <summary>Writes a register and deletes it.</summary>
    public Task ComeAndGoAsync(string name, long number) => InTurnsAsync(name, number, async register =>
    {
        await ChangeAsync(register, Change.Set(Value));
        await ChangeAsync(register, Change.Delete());
    });

    private Task InTurnsAsync(string name, long number, Func<ConfigRegister, Task> live)
    {
        var turns = new TaskFactory(new ConcurrentExclusiveSchedulerPair().ExclusiveScheduler);
        return turns.StartNew(() => live(cluster.NewRegister(name, number))).Unwrap();
    }

    private async Task ChangeAsync(ConfigRegister register, Change change)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var request = new ChangeRequest(UniqueId.New(), change, TimeProvider.System.GetUtcNow(), await register.FloorAsync());
                if ((await register.ChangeAsync(request)).Status is ChangeStatus.Applied or ChangeStatus.NotFound)
                    return;
            }
            catch (Exception exception) when (attempt < Attempts && exception is QuorumUnavailableException or OutcomeUnknownException)
            {
                await Task.Delay(Pause, TimeProvider.System);
            }

            Interlocked.Increment(ref _failures);
        }
    }
}
