using Microsoft.Extensions.Logging.Abstractions;
using Orleans.Paxos.Client.Coordination;
using Orleans.Paxos.Coordination;
using Orleans.Paxos.Tests.Client.Fakes;

namespace Orleans.Paxos.Tests.Coordination.World;

/// <summary>Processes that share registers, with a keeper of sessions and lines of waiters, in virtual time.</summary>
internal sealed class CoordinationWorld
{
    private readonly ClientWorld _world;
    private readonly Dictionary<string, WaitingLine> _lines = [];

    private CoordinationWorld(ClientWorld world)
    {
        _world = world;
        KeepersRegisters = new ProcessRegisters(Registers, world.Time);
        var sessions = new SessionRegisters(KeepersRegisters);
        Keeper = new SessionKeeper(sessions, new LockRegisters(KeepersRegisters, sessions), world.Time, NullLogger<SessionKeeper>.Instance);
    }

    public MemoryRegisters Registers { get; } = new();

    public SessionKeeper Keeper { get; }

    /// <summary>The registers as the keeper reaches them.</summary>
    public ProcessRegisters KeepersRegisters { get; }

    /// <summary>Whether the keeper is told of renewals.</summary>
    public bool KeeperIsTold { get; set; } = true;

    public TimeSpan Now => _world.Time.Now;

    /// <summary>Whether nobody waits for anything but the story: what runs in the background has ended.</summary>
    public bool IsQuiet => _world.Time.NextIn is null;

    /// <summary>How many stand in any line.</summary>
    public int InLine => _lines.Values.Sum(static line => line.Length);

    public static void Run(Func<CoordinationWorld, Task> story) => ClientWorld.Run(world => story(new CoordinationWorld(world)));

    public Task Sleep(double seconds) => _world.Sleep(seconds * 1000);

    public Process NewProcess(double clockRate = 1, TimeSpan wallClockError = default)
    {
        var time = new RatedTime(_world.Time, clockRate, wallClockError);
        var registers = new ProcessRegisters(Registers, time);
        var parts = new CoordinationParts(registers, new ToldKeeper(this), new Lines(this), time, 0.05, UniqueId.New, _world);
        return new Process(registers, new PaxosCoordination(parts));
    }

    /// <summary>Wakes the keeper, as every silo does every few seconds.</summary>
    public Task WakeKeeperAsync() =>
        Keeper.LookAfterAsync([.. Registers.Names.Where(static name => name.StartsWith(ReservedNames.Sessions, StringComparison.Ordinal)).Select(SessionValue.IdOf).OfType<Guid>()]);

    private WaitingLine LineOf(string register)
    {
        if (!_lines.TryGetValue(register, out var line))
            _lines.Add(register, line = new WaitingLine(_world.Time));
        return line;
    }

    /// <summary>A process.</summary>
    /// <param name="Registers">The registers as it reaches them.</param>
    /// <param name="Coordination">Its sessions and locks.</param>
    internal sealed record Process(ProcessRegisters Registers, ICoordination Coordination);

    private sealed class ToldKeeper(CoordinationWorld world) : IKeepers
    {
        public void Tell(SessionRenewal renewal)
        {
            if (world.KeeperIsTold)
                world.Keeper.Renewed(renewal);
        }
    }

    private sealed class Lines(CoordinationWorld world) : IWaitingLines
    {
        public Task<bool> EnterAsync(string register, Guid ticket, TimeSpan wait, CancellationToken cancellationToken) => world.LineOf(register).EnterAsync(ticket, wait);

        public void Leave(string register, Guid ticket) => world.LineOf(register).Leave(ticket);
    }
}
