using Orleans.Paxos.Verification.Simulation.Cluster;

namespace Orleans.Paxos.Verification.Simulation.Controls;

/// <summary>A negative control: one part is broken on purpose, and the simulation must catch it.</summary>
/// <param name="Name">The name on the command line.</param>
/// <param name="What">What is broken.</param>
/// <param name="Break">Creates the broken parts of a run.</param>
/// <param name="Budget">The number of seeds within which it must be caught.</param>
/// <param name="HistoryBudget">The number of seeds within which the answers to clients alone must reveal it; null when no client can notice it.</param>
internal sealed record NegativeControl(string Name, string What, Func<Parts> Break, int Budget, int? HistoryBudget)
{
    public static ImmutableArray<NegativeControl> All { get; } =
    [
        new("small-quorum", "a quorum of one less than a majority", () => new SmallQuorum(), 20, 20),
        new("initial-round-by-majority", "a state of the initial round taken for chosen when a majority accepted it", () => new InitialRoundByMajority(), 200, 200),
        new("reply-before-persist", "an answer that leaves before it is durable", () => new ReplyBeforePersist(), 10, 500),
        new("promise-not-persisted", "a promise not persisted", () => new PromiseNotPersisted(), 10, 2000),
        new("ballots-reused", "ballots reused after a restart", () => new BallotsReused(), 50, null),
        new("fast-forward-assigns", "a fast-forward that assigns instead of taking the highest", () => new FastForwardAssigns(), 50, null),
        new("accepted-state-ignored", "a phase 2 that ignores the accepted state", () => new AcceptedStateIgnored(), 10, 10),
        new("read-from-one", "a read from one acceptor only", () => new ReadFromOne(), 100, 100),
        new("list-from-one", "a list from one acceptor only", () => new ListFromOne(), 200, 200),
        new("feeds-skip", "feeds that leave out every fourth item", () => new FeedsSkip(), 50, null),
        new("feed-of-one", "a reader of feeds that is satisfied with one of them", () => new FeedOfOne(), 50, null),
        new("gaps-swallowed", "a gap in a feed that its reader is not told of", () => new GapsSwallowed(), 50, null),
        new("feed-ends-early", "a feed that says that it has nothing new when it has", () => new FeedsEndEarly(), 100, null),
        new("resync-swallowed", "a watch of a prefix that begins again and does not say so", () => new ResyncSwallowed(), 100, null),
        new("missed-for-ever", "an acceptor that was away and does not catch up", () => new MissedForEver(), 10, null),
        new("forgotten-by-some", "a register that is forgotten before every acceptor has accepted its end", () => new ForgottenBySome(), 200, null),
        new("versions-begin-again", "a forgotten register whose versions begin again", () => new VersionsBeginAgain(), 200, null),
        new("round-forgotten", "a watermark without the round that was promised", () => new RoundForgotten(), 200, null),
        new("watermark-not-stored", "a watermark that is not durable before the record goes", () => new WatermarkNotStored(), 200, null),
        new("watermark-from-memory", "a watermark in a storage account that is read only once", () => new WatermarkFromMemory(), 200, null),
        new("name-dropped-first", "a name that is dropped while its record is still there", () => new NameDroppedFirst(), 200, null),
        new("raised-by-majority", "watermarks that a majority has raised before a register is used, and not every acceptor", () => new RaisedByMajority(), 200, null),
        new("fence-not-stored", "a fence that is compared and not stored", () => new FenceNotStored(), 10, 20),
        new("fence-of-two-locks", "a register that two locks fence", () => new FenceOfTwoLocks(), 20, 20),
        new("guard-forgotten", "a guard that is forgotten with its register", () => new GuardForgotten(), 50, 50),
        new("prepared-round-kept", "a prepared round kept after a rejection", () => new PreparedRoundKept(), 100, null),
        new("duplicates-applied", "duplicate request ids applied twice", () => new DuplicatesApplied(), 100, 100),
        new("entry-made-up", "an entry made up from a retry", () => new EntryMadeUp(), 100, 100),
        new("replaced-not-logged", "replaced entries that are not in the commit of their record", () => new ReplacedNotLogged(), 10, null),
        new("refusal-ignored", "a record that a commit has refused and that counts as written", () => new RefusalIgnored(), 50, null),
        new("chunk-not-stored", "a chunk of the history that is not stored, while its record says so", () => new ChunkNotStored(), 50, null),
        new("history-withheld", "acceptors that do not tell the entries that they have replaced", () => new HistoryWithheld(), 100, null),
        new("notes-assumed", "an acceptor with blank storage that takes the others' notes of it for granted", () => new NotesAssumed(), 50, null),
        new("blank-acceptor-votes", "an acceptor that lost its storage and votes", () => new BlankAcceptorVotes(), 50, 2000),
        new("no-flush-after-recovery", "a restart that answers with what was written and never flushed", () => new NoFlushAfterRecovery(), 200, null),
        new("log-lost-unnoticed", "an acceptor that lost its write-ahead log and votes", () => new LogLostUnnoticed(), 200, null),
        new("no-sweep", "a change of the acceptor set that carries no register over", () => new NoSweep(), 200, null),
        new("watermarks-left-out", "acceptors that come and do not take over what was forgotten", () => new WatermarksLeftOut(), 200, null),
        new("adopted-before-decided", "a set that acceptors take over before it is decided", () => new AdoptedBeforeDecided(), 200, null),
        new("epoch-not-sealed", "acceptors that answer messages of the set before their own", () => new EpochNotSealed(), 200, null),
        new("learner-votes", "a learner that votes", () => new LearnerVotes(), 200, null),
        new("deadline-from-answer", "a session's deadline counted from the answer to its renewal", () => new DeadlineFromAnswer(), 100, null),
        new("rates-too-far-apart", "clocks whose rates differ by half", () => new RatesTooFarApart(), 100, null),
        new("expiry-by-wall-clock", "a session ended by its age on the clock on the wall", () => new ExpiryByWallClock(), 50, null),
        new("granted-to-the-dead", "a lock granted to a session without a look at whether it has ended", () => new GrantedToTheDead(), 50, null),
        new("cleaned-up-early", "what belongs to a session removed before it has ended", () => new CleanedUpEarly(), 100, null),
    ];

    public static NegativeControl? Find(string name) => All.FirstOrDefault(control => control.Name == name);
}
