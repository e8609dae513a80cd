using Microsoft.Extensions.Logging;
using Orleans.Paxos.Acceptors;
using Orleans.Paxos.Proposers;

namespace Orleans.Paxos.Changing;

/// <summary>
/// Changes the acceptor set (docs/protocol.md, "Changing the acceptors"). Each step is decided in a register before it is taken, and can be taken again,
/// by anybody: so a change goes on after any crash, and two drivers do no harm.
/// </summary>
internal sealed partial class SetDriver
{
    private static readonly TimeSpan PauseBetweenAttempts = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan GraceForOthers = TimeSpan.FromMilliseconds(10);

    private readonly AcceptorPeers _peers;
    private readonly ReservedRegister _plan;
    private readonly ReservedRegister _cursor;
    private readonly Sweep _sweep;
    private readonly ILogger _logger;

    /// <summary>Creates a driver.</summary>
    /// <param name="peers">The acceptors.</param>
    /// <param name="propose">Runs a proposal.</param>
    /// <param name="options">The timeouts.</param>
    /// <param name="newId">Creates the id of a request.</param>
    /// <param name="logger">The log.</param>
    public SetDriver(
        AcceptorPeers peers, Func<ProposeRequest, Task<ProposeResult>> propose, PaxosOptions options, Func<Guid> newId, ILogger<SetDriver> logger)
    {
        _peers = peers;
        _plan = new ReservedRegister(ReservedNames.Acceptors, peers, propose, options, newId);
        _cursor = new ReservedRegister(ReservedNames.AcceptorsSweep, peers, propose, options, newId);
        _sweep = new Sweep(peers, propose, options);
        _logger = logger;
    }

    /// <summary>How many registers were carried over in a second, lately; 0 if that is not known.</summary>
    public double PerSecond { get; private set; }

    /// <summary>What the change waits for; empty if it goes on.</summary>
    public string WaitsFor { get; private set; } = "";

    /// <summary>Begins a change.</summary>
    /// <returns>The joint set, which is decided.</returns>
    /// <exception cref="AcceptorChangeRefusedException">It is not possible, or another change is under way. Nothing was changed.</exception>
    /// <exception cref="QuorumUnavailableException">No majority answered. Nothing was changed.</exception>
    /// <exception cref="OutcomeUnknownException">It may have begun.</exception>
    public async Task<AcceptorSet> ChangeAsync(AcceptorChange change)
    {
        var (read, plan) = await ReadPlanAsync();
        if (plan is { IsDone: false })
            throw new AcceptorChangeRefusedException($"A change is under way: the set is [{plan.Set}]. Wait until it is over, or cancel it.");
        var set = plan?.Set ?? _peers.First;
        var staying = SetRules.Staying(set, change);
        var coming = await Task.WhenAll(change.Add.Select(name => EnrollAsync(name, set)));
        var incarnations = await IncarnationsAsync(set);
        var joint = set.ChangeTo([.. staying, .. coming], incarnations);
        EnsureReached(joint, [.. staying.Select(static member => member.Name).Except(incarnations.Keys)]);
        await DecideAsync(read, new AcceptorPlan(joint, change.PerSecond, [], IsDone: false));
        return joint;
    }

    /// <summary>Cancels the change that is under way.</summary>
    /// <returns>The set that is decided: the one before the change, in a new epoch.</returns>
    /// <inheritdoc cref="ChangeAsync"/>
    public async Task<AcceptorSet> CancelAsync()
    {
        var (read, plan) = await ReadPlanAsync();
        if (plan is not { Set.IsJoint: true })
            throw new AcceptorChangeRefusedException($"There is no change that can be cancelled: the set is [{plan?.Set ?? _peers.First}].");
        var cancelled = After(plan, plan.Set.Cancelled());
        await DecideAsync(read, cancelled);
        return cancelled.Set;
    }

    /// <summary>What is decided, and how many registers were carried over.</summary>
    /// <exception cref="QuorumUnavailableException">No majority answered.</exception>
    public async Task<(AcceptorPlan? Plan, long Swept)> ProgressAsync()
    {
        var (_, plan) = await ReadPlanAsync();
        return (plan, plan is { IsDone: false } ? (await ReadCursorAsync(plan.Set)).Cursor.Swept : 0);
    }

    /// <summary>Goes on with the change that is under way, until it is over.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (!await TryStepAsync(cancellationToken))
            await Task.Delay(PauseBetweenAttempts, _peers.Clock, cancellationToken);
        (WaitsFor, PerSecond) = ("", 0);
    }

    /// <returns>Whether there is nothing left to do.</returns>
    private async Task<bool> TryStepAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (_peers.Current is { Set.IsJoint: true } joint)
                WaitsFor = await AdoptAsync(joint, []); // nothing can be read before a majority has taken it over
            var (read, plan) = await ReadPlanAsync();
            if (plan is not { IsDone: false })
                return true;
            WaitsFor = await StepAsync(read, plan, cancellationToken);
            return false;
        }
        catch (Exception exception)
        {
            cancellationToken.ThrowIfCancellationRequested();
            WaitsFor = exception.Message;
            if (exception is not (QuorumUnavailableException or OutcomeUnknownException or AcceptorSetMismatchException or AcceptorChangeRefusedException))
                LogFailed(exception);
            return false;
        }
    }

    /// <returns>What it waits for; empty if the step was taken.</returns>
    private async Task<string> StepAsync(ChosenState read, AcceptorPlan plan, CancellationToken cancellationToken)
    {
        var set = new PeerSet(plan.Set, _peers);
        if (await AdoptAsync(set, plan.Leaving) is { Length: > 0 } missing)
            return missing;
        if (plan.Set.IsJoint && !await TrySweepAsync(plan, cancellationToken))
            return "";
        var next = plan.Set.IsJoint ? After(plan, plan.Set.Completed()) : plan with { IsDone = true };
        await DecideAsync(read, next);
        LogDecided(next.Set, next.IsDone);
        return "";
    }

    /// <summary>
    /// Has the acceptors take over a set. Once a majority of those before it has, nothing is decided in the set before any more. So those that come are
    /// first, and vote as soon as the others can tell them what was forgotten.
    /// </summary>
    /// <returns>What is missing; empty if a majority has taken it over and votes.</returns>
    private async Task<string> AdoptAsync(PeerSet set, ImmutableArray<string> leaving)
    {
        var coming = set.All.Where(peer => set.Set.IsJoint && !set.Set.Former.Contains(set.Set.MemberOf(peer.Name)!.Value)).ToList();
        await Task.WhenAll(coming.Select(peer => FollowAsync(peer, set.Set)));
        _peers.Learn(set.Set);
        await MostAnswers.OfAsync([.. set.All.Select(peer => FollowAsync(peer, set.Set))], set.Voters.Knows, GraceForOthers, _peers.Clock);
        await Task.WhenAll(coming.Concat(leaving.Select(_peers.PeerOf)).Select(peer => FollowAsync(peer, set.Set)));
        var statuses = await Task.WhenAll(set.All.Select(static peer => peer.TryAskAsync(static acceptor => acceptor.StatusAsync())));
        var ready = set.MaskOf(peer => statuses[set.NumberOf(peer)] is { Standing: AcceptorStanding.Voting } status && status.Epoch >= set.Set.Epoch);
        if (set.Voters.IsMajority(ready))
            return "";
        var waiting = set.All.Where(peer => (ready & (1UL << set.NumberOf(peer))) == 0)
            .Select(peer => statuses[set.NumberOf(peer)] is { } status ? $"'{peer.Name}' ({status.Standing.ToWord()}: {status.Detail})" : $"'{peer.Name}' (unreachable)");
        return $"Acceptors have to take over the set [{set.Set}]: {string.Join(", ", waiting)}.";
    }

    /// <returns>The set that the acceptor has; null if it does not answer, or has another set, as its status tells.</returns>
    private static async Task<AcceptorSet?> FollowAsync(AcceptorPeer peer, AcceptorSet set)
    {
        try
        {
            return await peer.TryAskAsync(acceptor => acceptor.FollowAsync(set));
        }
        catch (AcceptorSetMismatchException)
        {
            return null;
        }
    }

    /// <returns>Whether all registers are carried over; false if another set was decided meanwhile.</returns>
    private async Task<bool> TrySweepAsync(AcceptorPlan plan, CancellationToken cancellationToken)
    {
        while ((await ReadPlanAsync()).Plan!.Set == plan.Set)
        {
            var (read, cursor) = await ReadCursorAsync(plan.Set);
            var page = await _sweep.PageAsync(plan.Set, cursor.After, plan.PerSecond, cancellationToken);
            PerSecond = page.Registers / Math.Max(page.Took.TotalSeconds, 0.001);
            WaitsFor = "";
            if (page.Through is not { } through)
                return true;
            await _cursor.WriteAsync(read, new SweepCursor(plan.Set.Epoch, through, cursor.Swept + page.Registers).Encode());
        }

        return false;
    }

    private async Task<(ChosenState Read, AcceptorPlan? Plan)> ReadPlanAsync()
    {
        var read = await _plan.ReadAsync();
        return (read, read.State.Newest is { Deleted: false } entry ? AcceptorPlan.Decode(entry.Value) : null);
    }

    private async Task<(ChosenState Read, SweepCursor Cursor)> ReadCursorAsync(AcceptorSet set)
    {
        var read = await _cursor.ReadAsync();
        var cursor = read.State.Newest is { Deleted: false } entry ? SweepCursor.Decode(entry.Value) : null;
        return (read, cursor is not null && cursor.Epoch == set.Epoch ? cursor : new SweepCursor(set.Epoch, After: "", Swept: 0));
    }

    private async Task DecideAsync(ChosenState read, AcceptorPlan plan)
    {
        if (!await _plan.WriteAsync(read, plan.Encode()))
            throw new AcceptorChangeRefusedException("Somebody else has changed the acceptor set at the same time. Look at its status, and try again.");
    }

    private async Task<AcceptorMember> EnrollAsync(string name, AcceptorSet set)
    {
        var reply = await _peers.PeerOf(name).TryAskAsync(acceptor => acceptor.EnrollAsync(new EnrollRequest(set)))
            ?? throw new AcceptorChangeRefusedException($"Acceptor '{name}' does not answer. Start the silo '{name}' with storage of its own, and see that the name is right.");
        return reply.Refusal.Length == 0 ? new AcceptorMember(name, reply.Incarnation) : throw new AcceptorChangeRefusedException(reply.Refusal);
    }

    /// <summary>The storages of the acceptors of a set that vote.</summary>
    private async Task<IReadOnlyDictionary<string, Guid>> IncarnationsAsync(AcceptorSet set)
    {
        var statuses = await Task.WhenAll(set.Members.Select(member => _peers.PeerOf(member.Name).TryAskAsync(static acceptor => acceptor.StatusAsync())));
        return statuses.OfType<AcceptorStatus>().Where(static status => status.Standing == AcceptorStanding.Voting)
            .ToDictionary(static status => status.Acceptor, static status => status.Incarnation);
    }

    /// <summary>Refuses a set whose majority does not vote: nothing would be decided in it.</summary>
    private static void EnsureReached(AcceptorSet joint, IReadOnlyCollection<string> silent)
    {
        if (joint.Members.Length - silent.Count < joint.Majority)
            throw new AcceptorChangeRefusedException($"The set would be [{joint}], and too many of it do not vote: {string.Join(", ", silent.Select(static name => $"'{name}'"))}. Remove or replace them in the same change.");
    }

    private static AcceptorPlan After(AcceptorPlan plan, AcceptorSet set) =>
        new(set, plan.PerSecond, [.. plan.Set.Names.Except(set.Names)], IsDone: false);

    [LoggerMessage(EventId = 17, Level = LogLevel.Information, Message = "The acceptor set is decided: {Set}. Its change is over: {IsDone}.")]
    private partial void LogDecided(AcceptorSet set, bool isDone);

    [LoggerMessage(EventId = 18, Level = LogLevel.Warning, Message = "The change of the acceptor set could not go on; it is tried again.")]
    private partial void LogFailed(Exception exception);
}
