using System.Text;
using Orleans.Paxos.Client.Coordination;
using Orleans.Paxos.Verification.Simulation.Cluster;
using Orleans.Paxos.Verification.Simulation.Faults;
using Orleans.Paxos.Verification.Simulation.World;

namespace Orleans.Paxos.Verification.Simulation.Coordination;

/// <summary>
/// A process that opens sessions, acquires locks in them or in sessions of their own, writes behind their fences, whether it has lost them or not, and
/// releases them, forgets them, closes the session, or dies.
/// </summary>
internal sealed class LockProcess
{
    private const double OwnSession = 0.4;
    private const double SameLockAgain = 0.4;
    private const double UsesLostSession = 0.3;
    private const double GivesUp = 0.3;
    private const double KeepsRegister = 0.4;
    private const double EndsAnother = 0.03;
    private const double HoldsTooLong = 0.2;
    private const double FirstLock = 0.6;
    private const double Hangs = 0.3;
    private const double HangsInRenewal = 0.5;
    private const int MostStepsToHang = 10;
    private const int MostActs = 3;

    private static readonly TimeSpan LongestPatience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestClockError = TimeSpan.FromHours(1);

    private readonly SimulatedCluster _cluster;
    private readonly Dice _dice;
    private readonly HeldLocks _held;
    private readonly RenewalHook _renewals;
    private readonly CoordinationParts _parts;
    private readonly PaxosCoordination _coordination;
    private readonly Func<LockName, AcquireOptions, CancellationToken, Task<IHolding>> _acquire;
    private readonly KeptRegister _kept;
    private readonly TimeSpan _longestThought;
    private readonly SessionOptions _options;
    private readonly List<Hold> _holds = [];
    private ISession? _session;
    private LockName _last = LockName.All[0];
    private int _values;

    public LockProcess(SimulatedCluster cluster, HeldLocks held, ClockRate rate, int number, int life)
    {
        (_cluster, _dice, _held) = (cluster, cluster.Dice, held);
        Machine = new Machine($"l{number}", cluster.Schedule, rate, _dice.Chance(0.5) ? _dice.Between(-LongestClockError, LongestClockError) : TimeSpan.Zero);
        var parts = cluster.Coordination!.Of(Machine, number);
        _renewals = new RenewalHook(parts.Registers);
        _parts = parts with { Registers = _renewals };
        _coordination = new PaxosCoordination(_parts);
        _acquire = cluster.Parts.Acquiring(_parts, AcquireAsync);
        _kept = new KeptRegister($"{KeptRegister.Prefix}{Machine.Place}.{life}", _parts.Registers, cluster.Monitor.Broken);
        _longestThought = TimeSpan.FromMilliseconds(_dice.Spread(1, 1000));
        _options = new SessionOptions { TimeToLive = _dice.Between(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(3)), Owner = Machine.Place };
    }

    public Machine Machine { get; }

    /// <summary>The registers as this process reaches them.</summary>
    public IRegisterClient Registers => _parts.Registers;

    /// <summary>Acquires a lock and does something with it. Whatever a fault explains may go wrong.</summary>
    public async Task RunRoundAsync()
    {
        await PauseAsync(_longestThought);
        try
        {
            if (_dice.Chance(EndsAnother))
                await EndAnotherAsync();
            var session = _dice.Chance(OwnSession) ? null : await SessionAsync();
            if (session is not null && _dice.Chance(KeepsRegister))
                await _kept.UseAsync(session, NewText());
            _last = _dice.Chance(SameLockAgain) ? _last : _dice.Chance(FirstLock) ? LockName.All[0] : _dice.Pick(LockName.All);
            var hold = await AcquireAsync(_last, session);
            if (_dice.Chance(Hangs))
                HangSoon();
            await UseAsync(hold);
            await LeaveAsync(hold);
        }
        catch (Exception exception) when (IsAnswerToFault(exception))
        {
            Trace($"{exception.GetType().Name}: {exception.Message}");
        }
    }

    /// <summary>Releases what it was given, if it has not done so or does not know whether it has. Its sessions go on, unless a call that was delivered twice may have taken a lock in one of them.</summary>
    public async Task ReleaseAllAsync()
    {
        foreach (var hold in _holds)
        {
            _held.GiveUp(hold);
            await TwiceAsync(() => hold.Holding.ReleaseAsync());
        }

        if (_cluster.Plan.IsPossible(FaultKind.CallDuplicated))
            await CloseAsync();
    }

    /// <summary>Acquires and releases every lock, which must succeed.</summary>
    public async Task AcquireAllAsync(TimeSpan patience)
    {
        foreach (var name in LockName.All)
        {
            var holding = await AcquireAsync(name, new AcquireOptions { Timeout = patience, OwnSession = _options }, CancellationToken.None);
            var hold = _held.Given(name, holding, Machine);
            _held.GiveUp(hold);
            await holding.ReleaseAsync();
        }
    }

    /// <summary>Closes its session.</summary>
    public async Task CloseAsync()
    {
        if (_session is not null)
            await _session.DisposeAsync();
        _session = null;
    }

    /// <summary>Does something, once more if its outcome is unknown, because its register was forgotten meanwhile.</summary>
    private static async Task TwiceAsync(Func<Task> act)
    {
        try
        {
            await act();
        }
        catch (OutcomeUnknownException)
        {
            await act();
        }
    }

    private static bool IsAnswerToFault(Exception exception) => exception
        is TimeoutException
        or OperationCanceledException
        or SessionLostException
        or QuorumUnavailableException
        or OutcomeUnknownException;

    private async Task<ISession> SessionAsync()
    {
        if (_session is null || (_session.Remaining <= TimeSpan.Zero && !_dice.Chance(UsesLostSession)))
        {
            _session = await _coordination.OpenSessionAsync(_options);
            Trace($"opens session {_session.Id:N} for {_options.TimeToLive.TotalMilliseconds:0} ms");
        }

        return _session;
    }

    /// <summary>Asks for the end of a session, as an operator does.</summary>
    private async Task EndAnotherAsync()
    {
        var sessions = new List<SessionInfo>();
        await foreach (var session in _coordination.ListSessionsAsync())
            sessions.Add(session);
        if (sessions.Count == 0)
            return;
        var ended = _dice.Pick(sessions).Id;
        Trace($"asks for the end of session {ended:N}");
        await _coordination.EndSessionAsync(ended);
    }

    private async Task<Hold> AcquireAsync(LockName name, ISession? session)
    {
        var wasLost = session?.Remaining <= TimeSpan.Zero;
        using var givesUp = new CancellationTokenSource(_dice.Chance(GivesUp) ? _dice.Between(TimeSpan.Zero, LongestPatience / 2) : Timeout.InfiniteTimeSpan, Machine.Clock);
        Trace($"asks for '{name.Name}'{(session is null ? "" : $" in session {session.Id:N}")}");
        var options = new AcquireOptions { Session = session, Timeout = _dice.Between(TimeSpan.Zero, LongestPatience), OwnSession = _options };
        var holding = await _acquire(name, options, givesUp.Token);
        if (wasLost)
            _cluster.Monitor.Broken.Add($"Locks: '{name.Name}' was granted to session {holding.Session.Id:N}, which was lost before it was asked for.");
        _holds.Add(_held.Given(name, holding, Machine));
        return _holds[^1];
    }

    private async Task<IHolding> AcquireAsync(LockName name, AcquireOptions options, CancellationToken cancellationToken) => name.Kind switch
    {
        LockKind.Election => await _coordination.Election<string>(name.Name).CampaignAsync(NewText(), options, cancellationToken),
        LockKind.Semaphore => await _coordination.Semaphore(name.Name, name.Limit).AcquireAsync(options, cancellationToken),
        _ => await _coordination.Lock(name.Name).AcquireAsync(options, cancellationToken),
    };

    private async Task UseAsync(Hold hold)
    {
        for (var acts = _dice.Between(0, MostActs); acts > 0; acts--)
        {
            await PauseAsync(_options.TimeToLive * (_dice.Chance(HoldsTooLong) ? 1.5 : 0.3));
            _held.Look(hold.Name);
            CheckHandle(hold);
            if (hold.Holding is ILeadership<string> leadership && _dice.Chance(0.3))
                await leadership.ProclaimAsync(NewText());
            await WriteAsync(hold);
        }
    }

    /// <summary>Hangs while it holds a lock, perhaps with a renewal under way.</summary>
    private void HangSoon()
    {
        if (_dice.Chance(HangsInRenewal))
            _renewals.Sent = () => HangAfter(steps: 1);
        else
            HangAfter(_dice.Between(1, MostStepsToHang));
    }

    /// <summary>Hangs for about as long as its session lives without it.</summary>
    private void HangAfter(int steps)
    {
        if (!_cluster.Plan.Active || !_cluster.Plan.IsPossible(FaultKind.ClientPause))
            return;
        _cluster.Counts.Add(FaultKind.ClientPause);
        Trace("is about to hang");
        Machine.FreezeAfter(steps);
        _cluster.Schedule.After(_dice.Between(TimeSpan.Zero, 2 * _options.TimeToLive), Machine.Thaw);
    }

    private void CheckHandle(Hold hold)
    {
        var (isHeld, says, isLost) = (hold.IsHeld, hold.Holding.IsHeld, hold.Holding.Lost.IsCancellationRequested);
        if (isHeld != says || isHeld == isLost)
            _cluster.Monitor.Broken.Add($"Locks: the handle of {hold} says that it is {(says ? "" : "not ")}held and {(isLost ? "" : "not ")}lost, and it is {(isHeld ? "" : "not ")}held.");
    }

    /// <summary>Writes behind the fence of what it holds, or has lost. Nobody can have written with a higher token while it is held.</summary>
    private async Task WriteAsync(Hold hold)
    {
        var outcome = await _parts.Registers.ChangeAsync(hold.Name.Guarded, Change.Set(Encoding.UTF8.GetBytes(NewText())), new ChangeOptions { Fence = hold.Holding.Fence });
        if (outcome.Status == ChangeStatus.Fenced && hold.Name.Limit == 1 && hold.IsHeld)
            _cluster.Monitor.Broken.Add($"Locks: {hold} is held, and '{outcome.Entry!.Guard}' has written before.");
    }

    private async Task LeaveAsync(Hold hold)
    {
        switch (_dice.Between(1, 20))
        {
            case <= 9:
                await ReleaseAsync(hold);
                break;
            case <= 13:
                _held.GiveUp(hold);
                Trace($"disposes of {hold}");
                await hold.Holding.DisposeAsync();
                break;
            case <= 16:
                Trace($"forgets {hold}");
                break;
            case <= 17:
                Trace("DIES");
                Machine.Kill();
                break;
            default:
                Trace($"closes the session of {hold}");
                await hold.Holding.Session.CloseAsync();
                break;
        }
    }

    private async Task ReleaseAsync(Hold hold)
    {
        _held.GiveUp(hold);
        Trace($"releases {hold}");
        try
        {
            await hold.Holding.ReleaseAsync();
        }
        catch (QuorumUnavailableException) when (_cluster.Plan.IsPossible(FaultKind.CallDuplicated))
        {
            await hold.Holding.Session.DisposeAsync(); // the second delivery of the call may release it all the same
        }
    }

    private Task PauseAsync(TimeSpan longest) => Task.Delay(_dice.Between(TimeSpan.Zero, longest), Machine.Clock);

    /// <summary>A value that nobody else writes.</summary>
    private string NewText() => $"{_kept.Name}.{++_values}";

    private void Trace(string what) => _cluster.Trace.Line(Machine.Place, what);
}
