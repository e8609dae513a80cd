using Orleans.Paxos.Protocol;
using Orleans.Paxos.Storage;
using Orleans.Storage;

namespace Orleans.Paxos.Verification.Simulation.Monitors;

/// <summary>
/// Sees all messages and all disks, which no single process can, and checks them against the invariants in
/// docs/protocol.md.
/// </summary>
internal sealed class InvariantMonitor
{
    private readonly PaxosOptions _options;
    private readonly SetLedger _sets;
    private readonly Dictionary<(string Acceptor, string Register), AcceptorRecord> _stored = [];
    private readonly Dictionary<string, BallotLedger> _ballots = [];
    private readonly Dictionary<string, ChosenChain> _chains = [];
    private readonly Dictionary<string, EntryLedger> _entries = [];
    private readonly Dictionary<Guid, Change> _changes = [];
    private readonly WatermarkLedger _watermarks;
    private readonly Dictionary<(string Acceptor, string Register), Ballot> _forgotten = [];
    private readonly IdentityLedger _identities;
    private readonly HashSet<(string Acceptor, string Register)> _lost = [];
    private readonly HashSet<string> _haveLost = [];
    private readonly HashSet<string> _haveEnrolled = [];
    private readonly HashSet<(string Acceptor, string Register)> _writtenSinceLost = [];

    /// <summary>Creates a monitor.</summary>
    /// <param name="first">The first acceptor set.</param>
    /// <param name="options">The limits.</param>
    public InvariantMonitor(AcceptorSet first, PaxosOptions options)
    {
        _options = options;
        _sets = new SetLedger(first);
        _watermarks = new WatermarkLedger(options.NameBuckets);
        _identities = new IdentityLedger(_sets);
    }

    /// <summary>The acceptor sets of the run.</summary>
    public SetLedger Sets => _sets;

    /// <summary>What the storages say about themselves.</summary>
    public IdentityLedger Identities => _identities;

    /// <summary>The violations, one sentence each.</summary>
    public List<string> Broken { get; } = [];

    /// <summary>An acceptor that has never lost its disk and does not hold the newest version of a register; null if there is none.</summary>
    public string? Behind()
    {
        foreach (var (register, chain) in _chains.Where(static each => each.Value is { HasValue: true, WasForgotten: false }))
        {
            if (_sets.Latest.Names.FirstOrDefault(acceptor => !_haveLost.Contains(acceptor) && VersionAt(acceptor, register) < chain.Version) is { } behind)
                return $"{behind} holds version {VersionAt(behind, register)} of {register}, and {chain.Version} is chosen";
        }

        return null;
    }

    /// <summary>The number of registers whose acceptors were split between rivals for the first write.</summary>
    public int SplitInitialRounds => _chains.Values.Count(static chain => chain.InitialRoundWasSplit);

    /// <summary>The number of registers whose window has forgotten versions.</summary>
    public int OverflowedWindows => _chains.Values.Count(static chain => chain.WindowHasOverflowed);

    /// <summary>The number of chosen versions that were written behind a fence.</summary>
    public int FencedWrites => _entries.Values.Sum(static ledger => ledger.Fenced);

    /// <summary>The number of chosen versions that were written by an addition.</summary>
    public int Additions => _entries.Values.Sum(static ledger => ledger.Additions);

    /// <summary>A register receives a change. Another change that comes later under the same id must not be written.</summary>
    public void Arrived(ChangeRequest request) => _changes.TryAdd(request.RequestId, request.Change);

    /// <summary>A proposer asks for promises, or asks to accept a state and to promise its next ballot in the same message.</summary>
    public void Sent(string register, object request)
    {
        var ledger = Ledger(register);
        if (request is PrepareRequest prepare)
            Report("I1", register, ledger.Issue(prepare.Ballot, request));
        if (request is AcceptRequest accept)
        {
            Report("I1", register, accept.Next.IsNone ? null : ledger.Issue(accept.Next, request)); // none is promised to whoever is brought forward
            Report("I1", register, ledger.Propose(accept.Ballot, accept.State));
        }
    }

    /// <summary>Records that a record is durable. One in which nothing was promised says nothing.</summary>
    public void Stored(string acceptor, string register, AcceptorRecord record)
    {
        if (record.Promised.IsNone)
            return;
        var key = (acceptor, register);
        if (_lost.Remove(key))
        {
            _writtenSinceLost.Add(key); // perhaps written by a process that is gone; it must not be answered
            _stored.Remove(key);
        }

        var before = _stored.GetValueOrDefault(key, AcceptorRecord.Blank);
        if (ForgetsEnd(before, record))
        {
            Forgot(acceptor, register, before);
            before = _stored[key];
        }

        if (record.Promised < before.Promised || record.Accepted < before.Accepted || record.Promised < record.Accepted)
            Report("I3", register, $"{acceptor} goes from promised {before.Promised}, accepted {before.Accepted} to {record.Promised}, {record.Accepted}");
        _stored[key] = record;
        if (record.Accepted == before.Accepted)
            return;
        Report("I5", register, Chain(register).Accepted(acceptor, record, inTime: record.Accepted.Epoch >= _sets.HeldBy(acceptor).Epoch));
        if (Chain(register).IsChosen(record.Accepted))
            Report("I4", register, Entries(register).Chosen(record.State));
        Chain(register).LetGo(FirstKept(register, before, record));
    }

    /// <summary>
    /// Records that a record was removed because its register is forgotten. All others must be as far: no other acceptor may fall back
    /// behind it any more. What was promised stays promised.
    /// </summary>
    public void Forgot(string acceptor, string register, AcceptorRecord record)
    {
        _stored[(acceptor, register)] = AcceptorRecord.Blank with { Promised = record.Promised };
        if (record.Accepted.IsNone)
            return;
        _forgotten[(acceptor, register)] = record.Accepted;
        if (record.State.Newest is not null)
            Report("Forgetting", register, $"{acceptor} has forgotten version {record.State.Version}, and the register has not ended");
        foreach (var other in _sets.HeldBy(acceptor).Names.Where(other => MayVote(other) && !IsAt(other, register, record.Accepted)))
            Report("Forgetting", register, $"{acceptor} has forgotten what has ended under {record.Accepted}, and {other} is not there yet");
        Chain(register).Forgot(acceptor);
    }

    /// <summary>Records that watermarks of an acceptor are durable.</summary>
    public void Raised(string acceptor, string page, ImmutableArray<Watermark> watermarks) => _watermarks.Raised(acceptor, page, watermarks);

    /// <summary>The number of registers that an acceptor has forgotten.</summary>
    public int ForgottenRegisters => _chains.Values.Count(static chain => chain.WasForgotten);

    /// <summary>The number of registers that were written again after they were forgotten, or in whose bucket another was.</summary>
    public int RegistersBegunAgain => _chains.Values.Count(static chain => chain.Origins.Count > 0);

    /// <summary>The lives of a register: versions from which it began again after it was forgotten.</summary>
    public ChosenChain ChainOf(string register) => Chain(register);

    /// <summary>
    /// Records that a record has replaced another on a disk with a log. The log must contain the part of the history that the new
    /// record no longer carries, as far as it was chosen under the ballot under which it was accepted. For the rest, this acceptor
    /// is not part of the majority that keeps it.
    /// </summary>
    public void Replaced(string acceptor, string register, AcceptorRecord before, AcceptorRecord after, IReadOnlyList<ReplacedEntry> logged)
    {
        if (!Chain(register).IsChosen(before.Accepted))
            return;
        var first = FirstKept(register, before, after);
        foreach (var entry in before.State.Entries.Where(entry => entry.Version >= first && after.State.Contains(entry) && after.State.EntryOf(entry.Version) is null))
            Report("History", register, logged.Any(each => each.Version == entry.Version) ? null : $"{acceptor} has replaced version {entry.Version} and lost it");
    }

    /// <summary>
    /// A record has replaced another on a disk without a log: it holds what it no longer carries of its history itself, or in chunks that
    /// are there.
    /// </summary>
    public void Kept(string acceptor, string register, AcceptorRecord before, AcceptorRecord after, Func<HistoryChunk, bool> isStored)
    {
        var first = FirstKept(register, before, after);
        foreach (var entry in before.Replaced.Concat(before.State.Entries).Where(entry => entry.Version >= first && after.State.Contains(entry)))
            Report("History", register, Holds(after, entry) ? null : $"{acceptor} has let go of version {entry.Version}");
        foreach (var chunk in after.Chunks)
            Report("History", register, isStored(chunk) ? null : $"{acceptor} holds versions {chunk.FirstVersion} to {chunk.LastVersion} in a chunk that is not there");
    }

    /// <summary>What a storage says about itself is durable.</summary>
    public void Stored(string acceptor, AcceptorIdentity? before, AcceptorIdentity after)
    {
        if (_identities.Stored(acceptor, before, after) is { } broken)
            Broken.Add($"I9: {broken}.");
        foreach (var (register, chain) in _chains.Where(_ => before is not null && before.Set != after.Set))
            chain.Reconsider().ToList().ForEach(each => Report("I5", register, each));
        if (after.WasEnrolled && before is not { WasEnrolled: true })
            BeginAnew(acceptor);
    }

    /// <summary>
    /// A watcher is told that versions have left the history. Those that are within it are at every majority, unless the register was forgotten.
    /// </summary>
    public void Compacted(string register, WatchBatch batch)
    {
        var (chain, through) = (Chain(register), batch.CompactedThrough);
        if (batch.Entries.IsEmpty)
        {
            Report("Forgetting", register, chain.Ends.Count > 0 ? null : $"a watcher is told that versions through {through} are gone and none follows, and it has not ended");
            return;
        }

        var first = chain.FirstInHistory;
        Report("History", register, through < first ? null : $"a watcher is told that versions through {through} are gone, and {first} is within the history");
    }

    /// <summary>An acceptor's answer leaves it.</summary>
    public void Answered(string acceptor, string register, object request, object reply)
    {
        if (_writtenSinceLost.Contains((acceptor, register)))
        {
            if (reply is PrepareReply { Granted: true } or AcceptReply { Accepted: true })
                Report("I9", register, $"{acceptor} has lost what it stored and votes");
            return;
        }

        var durable = _stored.GetValueOrDefault((acceptor, register), AcceptorRecord.Blank);
        var (promised, accepted) = Revealed(request, reply);
        var wasAccepted = accepted <= Ballot.Max(durable.Accepted, _forgotten.GetValueOrDefault((acceptor, register))); // an answer may have been on its way
        if (promised > Ballot.Max(durable.Promised, _watermarks.PromisedOf(acceptor, register)) || !wasAccepted)
            Report("I2", register, $"{acceptor} reveals promised {promised}, accepted {accepted} while {durable.Promised}, {durable.Accepted} is durable");
    }

    /// <summary>Records that a message from another acceptor set was answered like one from this set.</summary>
    public void AnsweredForeign(string acceptor, string register) => Report("I10", register, $"{acceptor} answered a message of another set");

    /// <summary>Records that a silo threw an exception that no fault explains: the code found a broken invariant, or has a defect.</summary>
    public void Threw(string place, Exception exception)
    {
        if (exception is InvariantViolationException violation)
            Broken.Add($"{violation.Invariant} at {place}, found by the code itself: {violation.Message}");
        else if (!IsAnswerToFault(exception))
            Broken.Add($"{place} threw {exception.GetType().Name}: {exception.Message}");
    }

    /// <summary>Records that an acceptor's disk was lost.</summary>
    public void Lost(string acceptor)
    {
        _haveLost.Add(acceptor);
        _identities.Lost(acceptor);
        _lost.UnionWith(_stored.Keys.Where(key => key.Acceptor == acceptor));
    }

    /// <summary>An acceptor comes into a set with blank storage: what it stored before counts no more.</summary>
    private void BeginAnew(string acceptor)
    {
        foreach (var key in _stored.Keys.Where(key => key.Acceptor == acceptor).ToList())
            _stored.Remove(key);
        foreach (var key in _forgotten.Keys.Where(key => key.Acceptor == acceptor).ToList())
            _forgotten.Remove(key);
        _lost.RemoveWhere(key => key.Acceptor == acceptor);
        _writtenSinceLost.RemoveWhere(key => key.Acceptor == acceptor);
        _watermarks.Lost(acceptor);
        foreach (var chain in _chains.Values)
            chain.Dropped(acceptor);
        _haveEnrolled.Add(acceptor);
    }

    /// <summary>Whether an acceptor votes. One that was added, and does not yet, takes over what the others have forgotten before it does.</summary>
    private bool MayVote(string acceptor) => !_haveEnrolled.Contains(acceptor) || _identities.Of(acceptor) is { Voting: true };

    /// <summary>Whether a register was forgotten and then promised for in one turn, and so in one write.</summary>
    private static bool ForgetsEnd(AcceptorRecord before, AcceptorRecord after) =>
        after.Accepted.IsNone && !before.Accepted.IsNone && before.State.Newest is null && after.State.Origin.Forgotten >= before.State.Origin.Version;

    private long VersionAt(string acceptor, string register) => _stored.GetValueOrDefault((acceptor, register), AcceptorRecord.Blank).State.Version;

    private bool IsAt(string acceptor, string register, Ballot ballot)
    {
        var stored = _stored.GetValueOrDefault((acceptor, register), AcceptorRecord.Blank);
        return stored.Accepted >= ballot
            || _forgotten.GetValueOrDefault((acceptor, register)) >= ballot
            || (_haveEnrolled.Contains(acceptor) && stored.Accepted.IsNone && _watermarks.PromisedOf(acceptor, register) >= ballot);
    }

    /// <summary>
    /// The first version that an acceptor must have kept when a record replaced another. It may have accepted other states in between, in one
    /// turn with the last one, and let go of what is beyond their history.
    /// </summary>
    private long FirstKept(string register, AcceptorRecord before, AcceptorRecord after) =>
        Ledger(register).ProposedBetween(before.Accepted, after.Accepted).Append(after.State).Max(_options.HistoryLimits.FirstVersion);

    private static bool IsAnswerToFault(Exception exception) => exception
        is IOException
        or TimeoutException
        or InconsistentStateException
        or SiloUnavailableException
        or AcceptorNotVotingException
        or AcceptorSetMismatchException
        or QuorumUnavailableException
        or OutcomeUnknownException;

    private static (Ballot Promised, Ballot Accepted) Revealed(object request, object reply) => (request, reply) switch
    {
        (_, PrepareReply prepare) => (prepare.Promised, prepare.Accepted),
        (AcceptRequest proposed, AcceptReply { Accepted: true } accept) => (accept.Promised, proposed.Ballot),
        (_, AcceptReply accept) => (accept.Promised, Ballot.None),
        (_, ReadReply read) => (read.Promised, read.Accepted),
        _ => (Ballot.None, Ballot.None),
    };

    private static bool Holds(AcceptorRecord record, RegisterEntry entry) =>
        record.State.EntryOf(entry.Version) is not null
        || record.Replaced.Any(replaced => (replaced.Version, replaced.RequestId) == (entry.Version, entry.RequestId))
        || record.Chunks.Any(chunk => chunk.FirstVersion <= entry.Version && entry.Version <= chunk.LastVersion);

    private BallotLedger Ledger(string register) =>
        _ballots.TryGetValue(register, out var ledger) ? ledger : _ballots[register] = new BallotLedger();

    private EntryLedger Entries(string register) =>
        _entries.TryGetValue(register, out var ledger) ? ledger : _entries[register] = new EntryLedger(id => _changes.GetValueOrDefault(id));

    private ChosenChain Chain(string register) =>
        _chains.TryGetValue(register, out var chain) ? chain : _chains[register] = new ChosenChain(_sets);

    private void Report(string invariant, string register, string? broken)
    {
        if (broken is not null)
            Broken.Add($"{invariant} at register {register}: {broken}.");
    }
}
