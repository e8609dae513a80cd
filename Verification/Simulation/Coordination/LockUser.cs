using Orleans.Paxos.Verification.Simulation.Clients;
using Orleans.Paxos.Verification.Simulation.Cluster;
using Orleans.Paxos.Verification.Simulation.World;

namespace Orleans.Paxos.Verification.Simulation.Coordination;

/// <summary>A program that uses locks: when its process dies, it begins again in another, which knows nothing of the first.</summary>
internal sealed class LockUser
{
    private static readonly TimeSpan LongestAbsence = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LongestWaitForLock = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan LongestAfterlife = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(1);

    private readonly SimulatedCluster _cluster;
    private readonly Recorder _recorder;
    private readonly HeldLocks _held;
    private readonly ClockRate _clockRate;
    private readonly int _number;
    private LockProcess _process;
    private int _lives;
    private bool _isStopping;

    public LockUser(SimulatedCluster cluster, Recorder recorder, HeldLocks held, int number)
    {
        (_cluster, _recorder, _held, _number, _clockRate) = (cluster, recorder, held, number, cluster.DrawClockRate());
        _process = NewProcess();
    }

    /// <summary>The process in which it runs now.</summary>
    public Machine Machine => _process.Machine;

    /// <summary>Whether everything that was started has ended.</summary>
    public bool IsIdle { get; private set; } = true;

    /// <summary>Uses locks, some times.</summary>
    public void Work(int rounds) => Begin("used locks", async process =>
    {
        for (; rounds > 0 && !_isStopping; rounds--)
        {
            await process.RunRoundAsync();
            if (!process.Machine.IsAlive)
            {
                _cluster.Schedule.After(_cluster.Dice.Between(TimeSpan.Zero, LongestAbsence), () => Resume(rounds - 1));
                return false;
            }
        }

        return true;
    });

    /// <summary>Lets it come to rest: it begins nothing more, and releases all that it holds.</summary>
    public void Stop() => _isStopping = true;

    /// <summary>Releases what it holds, which must succeed.</summary>
    public void ReleaseAll() => Finish("release all that it held", static process => process.ReleaseAllAsync());

    /// <summary>Acquires every lock, which must succeed.</summary>
    public void AcquireAll() => Finish("acquire every lock", static process => process.AcquireAllAsync(LongestWaitForLock));

    /// <summary>Closes its session.</summary>
    public void Close() => Finish("close its session", static process => process.CloseAsync());

    /// <summary>Waits until nothing is left of any session.</summary>
    public void WaitForEnds() => Finish("see the end of all sessions", async process =>
    {
        ImmutableArray<string> left = [];
        for (var waited = TimeSpan.Zero; waited < LongestAfterlife; waited += BetweenLooks)
        {
            var sessions = await process.Registers.ListPageAsync(ReservedNames.Sessions);
            var kept = await process.Registers.ListPageAsync(KeptRegister.Prefix);
            left = [.. sessions.Names, .. kept.Names];
            if (left.IsEmpty)
                return;
            await Task.Delay(BetweenLooks, process.Machine.Clock);
        }

        throw new TimeoutException($"There is still {string.Join(", ", left)}.");
    });

    private LockProcess NewProcess() => new(_cluster, _held, _clockRate, _number, ++_lives);

    private void Resume(int rounds)
    {
        _process = NewProcess();
        _cluster.Trace.Line(Machine.Place, "LIVES AGAIN");
        Work(rounds);
    }

    private void Finish(string what, Func<LockProcess, Task> finish) => Begin(what, async process =>
    {
        try
        {
            await finish(process);
        }
        catch (Exception exception) when (exception is TimeoutException or SessionLostException or QuorumUnavailableException or OutcomeUnknownException)
        {
            _recorder.Stuck.Add($"after all faults were healed, l{_number} could not {what}: {exception.GetType().Name}: {exception.Message}");
        }

        return true;
    });

    private void Begin(string what, Func<LockProcess, Task<bool>> work)
    {
        IsIdle = false;
        var process = _process;
        process.Machine.Post(() => _ = RunAsync(what, process, work));
    }

    private async Task RunAsync(string what, LockProcess process, Func<LockProcess, Task<bool>> work)
    {
        try
        {
            IsIdle = await work(process);
        }
        catch (Exception exception)
        {
            _recorder.Unexpected.Add($"l{_number} met {exception.GetType().Name} when it {what}: {exception.Message}");
            IsIdle = true;
        }
    }
}
