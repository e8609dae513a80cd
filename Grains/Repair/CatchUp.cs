using Microsoft.Extensions.Logging;
using Orleans.Paxos.Acceptors;
using Orleans.Paxos.Proposers;
using Orleans.Paxos.Protocol;
using static Orleans.Paxos.TaskExtensions;

namespace Orleans.Paxos.Repair;

/// <summary>
/// Brings an acceptor forward that may have missed writes: it looks at the names that a majority has, and takes in what it does not hold. It takes at most
/// half of the time, so that the load beside it goes on.
/// </summary>
internal sealed partial class CatchUp
{
    private const int NamesInPage = 256;
    private const int MostAtOnce = 32;

    /// <summary>How much longer than a look the pause after it is: where answers are often late, it would look all the time.</summary>
    private const int PauseIsLongerBy = 5;

    private static readonly TimeSpan ShortestPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(10);

    private readonly AcceptorPeers _peers;
    private readonly AcceptorPeer _own;
    private readonly Func<ProposeRequest, Task<ProposeResult>> _propose;
    private readonly LinearizableReader _reader;
    private readonly MissedWrites _missed;
    private readonly PaxosOptions _options;
    private readonly ILogger _logger;

    /// <summary>Creates what brings an acceptor forward.</summary>
    /// <param name="peers">The acceptors.</param>
    /// <param name="own">The one that may have missed writes.</param>
    /// <param name="propose">Runs a proposal.</param>
    /// <param name="missed">Whether it may have missed writes.</param>
    /// <param name="options">The timeouts.</param>
    /// <param name="logger">The log.</param>
    public CatchUp(
        AcceptorPeers peers, AcceptorPeer own, Func<ProposeRequest, Task<ProposeResult>> propose, MissedWrites missed, PaxosOptions options, ILogger logger)
    {
        (_peers, _own, _propose, _missed, _options, _logger) = (peers, own, propose, missed, options, logger);
        _reader = new LinearizableReader(new QuorumReader(peers, options), register => propose(ProposeRequest.Repair(register)), peers, options);
    }

    /// <summary>Catches up whenever writes may have been missed, which may be so at the start.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        _missed.Suspect();
        while (true)
        {
            await _missed.SuspectedAsync(cancellationToken);
            while (_peers.Current.Set.IsJoint) // meanwhile, every register is carried over
                await Task.Delay(ShortestPause, _peers.Clock, cancellationToken);
            var began = _peers.Clock.GetTimestamp();
            var isDone = await TryCatchUpAsync(cancellationToken);
            var pause = isDone ? Longer(ShortestPause, Shorter(PauseIsLongerBy * _peers.Clock.GetElapsedTime(began), LongestPause)) : ShortestPause;
            await Task.Delay(pause, _peers.Clock, cancellationToken);
        }
    }

    /// <summary>Looks at all names once, and takes in what is missing.</summary>
    /// <exception cref="QuorumUnavailableException">No majority answered, or the acceptor itself did not.</exception>
    public async Task CatchUpAsync(CancellationToken cancellationToken)
    {
        for (string? covered = ""; covered is not null;)
        {
            var began = _peers.Clock.GetTimestamp();
            var (page, behind) = await PageAsync(covered);
            _missed.Looked(page.Registers.Count, behind.Count);
            var options = new ParallelOptions { MaxDegreeOfParallelism = MostAtOnce, TaskScheduler = TaskScheduler.Current, CancellationToken = cancellationToken };
            await Parallel.ForEachAsync(behind, options, async (register, _) => await BringAsync(register));
            covered = page.CoveredUpTo;
            await Task.Delay(_peers.Clock.GetElapsedTime(began), _peers.Clock, cancellationToken);
        }
    }

    private async Task<bool> TryCatchUpAsync(CancellationToken cancellationToken)
    {
        try
        {
            var before = _missed.Status.Brought;
            await CatchUpAsync(cancellationToken);
            _missed.CaughtUp();
            if (_missed.Status.Brought - before is > 0 and var brought)
                LogCaughtUp(_own.Name, brought);
            return true;
        }
        catch (Exception exception)
        {
            cancellationToken.ThrowIfCancellationRequested(); // a silo that stops has nobody to ask any more
            _missed.Suspect();
            if (exception is not (QuorumUnavailableException or AcceptorSetMismatchException)) // the cluster's status tells of these
                LogFailed(_own.Name, exception);
            return false;
        }
    }

    private async Task<(MergedNames Page, List<string> Behind)> PageAsync(string after)
    {
        var (set, votes) = await MajorityRound<ListReply>.AskAsync(_peers, (acceptor, id) => acceptor.ListAsync(RequestOf(id)), _options.ProposalTimeout, _options);
        var number = set.Find(_own.Name) == _own ? set.NumberOf(_own) : throw new QuorumUnavailableException([], set.Set.Majority);
        var own = new Vote<ListReply>(number, await AskOwnAsync(acceptor => acceptor.ListAsync(RequestOf(set.Id))));
        var page = MergedNames.Of(set, [.. votes.Where(vote => vote.Acceptor != number), own]);
        return (page, [.. page.Registers.Where(register => !register.IsNewestAt(number)).Select(static register => register.Name)]);

        ListRequest RequestOf(AcceptorSetId id) => new(id, "", after, NamesInPage);
    }

    /// <summary>
    /// Has the acceptor accept what is chosen: the proposal's message once more, which it has missed. If it has promised a higher ballot since, the state
    /// is proposed again.
    /// </summary>
    private async Task BringAsync(string register)
    {
        var chosen = await _reader.ReadAsync(register, ChosenState.Empty);
        if (!chosen.Ballot.IsNone && !await HoldsAsync(register, chosen.Ballot) && await AcceptAsync(register, chosen) is { Accepted: false } refused)
            await _propose(ProposeRequest.Reaccept(register, above: refused.Promised));
        _missed.Brought();
    }

    /// <summary>Whether the acceptor has accepted a state, or one that came after it.</summary>
    private async Task<bool> HoldsAsync(string register, Ballot chosen)
    {
        var held = await AskOwnAsync(acceptor => acceptor.ReadAsync(new ReadRequest(_peers.Current.Id, register, chosen, WithState: false)));
        return held.Accepted == chosen || (held.Accepted > chosen && !held.Accepted.IsInitial);
    }

    private Task<AcceptReply> AcceptAsync(string register, ChosenState chosen)
    {
        var request = new AcceptRequest(_peers.Current.Id, register, chosen.Ballot, chosen.State, Ballot.None);
        return AskOwnAsync(acceptor => acceptor.AcceptAsync(request));
    }

    private async Task<TReply> AskOwnAsync<TReply>(Func<IAcceptor, Task<TReply>> ask)
        where TReply : class => await _own.TryAskAsync(ask) ?? throw new QuorumUnavailableException([], _peers.Current.Set.Majority);

    [LoggerMessage(EventId = 15, Level = LogLevel.Information, Message = "Acceptor {Acceptor} had missed writes of {Registers} registers and has caught up.")]
    private partial void LogCaughtUp(string acceptor, long registers);

    [LoggerMessage(EventId = 16, Level = LogLevel.Warning, Message = "Acceptor {Acceptor} could not look for what it has missed; it tries again.")]
    private partial void LogFailed(string acceptor, Exception exception);
}
