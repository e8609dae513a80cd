using Microsoft.Extensions.Logging;
using Orleans.Paxos.Protocol;

namespace Orleans.Paxos.Acceptors;

/// <summary>
/// Forgets deleted registers in the background (docs/protocol.md, "Forgetting"). <see cref="PaxosOptions.ForgetAfter"/> after its deletion, a
/// register ends: that is a proposal like any other. Then new registers of its bucket begin above it. Once every other acceptor is at the
/// end, the bucket's watermark covers it, too; and then the record goes. Each step is durable before the next, and each can be taken again.
/// </summary>
internal sealed partial class Forgetter
{
    private const int NamesAtOnce = 256;
    private const int LooksPerRetention = 8;

    private static readonly TimeSpan PauseBetweenPages = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(10);

    private readonly AcceptorStorage _storage;
    private readonly AcceptorPeers _peers;
    private readonly AcceptorMembership _membership;
    private readonly DeletedNames? _deleted;
    private readonly Watermarks _watermarks;
    private readonly RegisterDesk _desk;
    private readonly Func<string, Task> _end;
    private readonly TimeSpan _retention;
    private readonly int _number;
    private readonly ILogger _logger;
    private long _looks;
    private long _forgotten;
    private string _waitsFor = "";
    private DateTimeOffset _waitsSince;

    /// <summary>Creates the forgetter of an acceptor.</summary>
    /// <param name="storage">The acceptor's storage.</param>
    /// <param name="peers">The acceptors.</param>
    /// <param name="membership">Whether the acceptor votes.</param>
    /// <param name="deleted">The deleted registers; null if the storage cannot forget any.</param>
    /// <param name="watermarks">The acceptor's watermarks.</param>
    /// <param name="desk">Takes questions about its registers.</param>
    /// <param name="end">Ends a register that is deleted, at every acceptor.</param>
    /// <param name="retention">How long after its deletion a register is forgotten.</param>
    /// <param name="logger">The log.</param>
    public Forgetter(
        AcceptorStorage storage,
        AcceptorPeers peers,
        AcceptorMembership membership,
        DeletedNames? deleted,
        Watermarks watermarks,
        RegisterDesk desk,
        Func<string, Task> end,
        TimeSpan retention,
        ILogger logger)
    {
        _storage = storage;
        _peers = peers;
        _membership = membership;
        _deleted = deleted;
        _watermarks = watermarks;
        _desk = desk;
        _end = end;
        _retention = retention;
        _number = peers.Set.Names.IndexOf(storage.Acceptor);
        _logger = logger;
    }

    /// <summary>What it did, and what it waits for.</summary>
    public ForgettingStatus Status => new(
        _forgotten,
        CanForget ? _waitsFor.Length == 0 ? "" : $"{_waitsFor} (since {_waitsSince:u})" : "This acceptor's storage cannot forget: it keeps no list of deleted registers, or others can write to it.");

    private bool CanForget => _deleted is not null && _storage.IsExclusivelyOwned;

    /// <summary>Forgets until the acceptor is stopped.</summary>
    public async Task RunAsync()
    {
        var page = "";
        while (!_membership.IsStopped)
        {
            await Task.Delay(page.Length > 0 ? PauseBetweenPages : PauseBetweenLooks(), _peers.Clock);
            try
            {
                page = await ForgetPageAsync(page);
            }
            catch (Exception exception)
            {
                if (WaitFor($"A look at the deleted registers failed: {exception.Message}") && !_membership.IsStopped)
                    LogFailed(_storage.Acceptor, exception);
                page = "";
            }
        }
    }

    /// <summary>Takes the next step for a page of deleted registers.</summary>
    /// <param name="after">The page before; empty for the first one.</param>
    /// <returns>This page; empty if it is the last one.</returns>
    public async Task<string> ForgetPageAsync(string after)
    {
        if (!CanForget || _membership.Retired() is not null)
            return "";
        var page = await _deleted!.ReadAsync(after, until: _peers.Clock.GetUtcNow() - _retention, NamesAtOnce);
        if (page.Count == 0)
        {
            if (after.Length == 0)
                WaitFor("");
            return "";
        }

        if (after.Length == 0)
            _looks++;
        var (ended, deleted) = await HeldAsync(page);
        await ForgetCoveredAsync(ended);
        await EndAsync(deleted);
        return page.Count == NamesAtOnce ? page[^1].Key : "";
    }

    private TimeSpan PauseBetweenLooks() => _retention / LooksPerRetention < LongestPause ? _retention / LooksPerRetention : LongestPause;

    /// <summary>Which registers have ended, and which are only deleted.</summary>
    private async Task<(List<Held> Ended, List<string> Deleted)> HeldAsync(IReadOnlyList<DeletedName> page)
    {
        var records = await _desk.RecordsOfAsync([.. page.Select(static name => name.Register)]);
        var (ended, deleted) = (new List<Held>(), new List<string>());
        foreach (var (name, record) in page.Zip(records))
        {
            if (record!.State.Exists || record.Accepted.IsNone)
                continue;
            if (record.State.Newest is null)
                ended.Add(new Held(new EndedRegister(name.Register, record.Accepted, record.State.Origin.Version), record.Promised));
            else
                deleted.Add(name.Register);
        }

        return (ended, deleted);
    }

    private async Task ForgetCoveredAsync(List<Held> ended)
    {
        if (ended.Count == 0)
            return;
        await _watermarks.RaiseAsync(ended.Select(static each => (each.State.Register, each.WatermarkBefore)));
        var others = _peers.All.Where(peer => peer.Name != _storage.Acceptor).ToList();
        var request = new CoverRequest(_peers.Set.Id, [.. ended.Select(static each => each.State)]);
        var replies = await Task.WhenAll(others.Select(peer => peer.TryAskAsync(acceptor => acceptor.CoverAsync(request))));
        var silent = others.Where((_, index) => replies[index] is null).Select(static peer => $"'{peer.Name}'").ToList();
        WaitFor(silent.Count == 0 ? "" : $"It waits for {string.Join(", ", silent)}: a register is forgotten only once every acceptor has accepted its end.");
        if (silent.Count > 0)
            return;
        var covers = ended.Select((each, index) => (Held: each, Others: replies.Select(reply => reply!.Covers[index]).ToList())).ToList();
        var covered = covers.ToLookup(each => AcceptorRules.MayForget(each.Others, _peers.Quorums));
        await ForgetAsync([.. covered[true].Select(static each => each.Held)]);
        await EndAsync(covered[false].Where(static each => !each.Others.Contains(Cover.NotYet)).Select(static each => each.Held.State.Register));
    }

    private async Task ForgetAsync(List<Held> covered)
    {
        if (covered.Count == 0)
            return;
        await _watermarks.RaiseAsync(covered.Select(static each => (each.State.Register, each.Watermark)));
        var buckets = new Dictionary<string, Watermark>();
        foreach (var each in covered)
            buckets[each.State.Register] = await _watermarks.OfAsync(each.State.Register);
        var batch = new Batch<EndedRegister>([.. covered.Select(static each => each.State)]);
        var replies = await _desk.AskAsync(batch, static state => state.Register, new Questions<EndedRegister, Forgotten>(
            batch, isRead: false, (record, state) => Forget(record, buckets[state.Register], state), static _ => { }));
        _forgotten += replies.Items.Count(static reply => reply is { IsForgotten: true });
    }

    private static (AcceptorRecord Record, Forgotten Reply) Forget(AcceptorRecord record, Watermark bucket, EndedRegister state)
    {
        var after = AcceptorRules.Forget(record, bucket, state);
        return (after, new Forgotten(!ReferenceEquals(record, after)));
    }

    /// <summary>
    /// Ends registers. The acceptors take turns at each of them, so that they rarely compete: the one whose turn it is may not know that a
    /// register was deleted.
    /// </summary>
    private Task EndAsync(IEnumerable<string> deleted) => Task.WhenAll(deleted.Where(HasTurn).Select(_end));

    private bool HasTurn(string register) => (_looks + _number + _watermarks.BucketOf(register)) % _peers.All.Count == 0;

    /// <returns>Whether that is news.</returns>
    private bool WaitFor(string what)
    {
        if (what == _waitsFor)
            return false;
        (_waitsFor, _waitsSince) = (what, _peers.Clock.GetUtcNow());
        return true;
    }

    [LoggerMessage(EventId = 14, Level = LogLevel.Warning, Message = "Acceptor {Acceptor} could not forget deleted registers; it tries again.")]
    private partial void LogFailed(string acceptor, Exception exception);

    /// <summary>A register that has ended, as this acceptor holds it.</summary>
    /// <param name="State">Its end.</param>
    /// <param name="Promised">The ballot that is promised for it.</param>
    private readonly record struct Held(EndedRegister State, Ballot Promised)
    {
        /// <summary>The watermark that new registers begin above, before this one may be forgotten.</summary>
        public Watermark WatermarkBefore => new(new RegisterOrigin(State.Version, 0), Promised.Round);

        /// <summary>The watermark that covers all that is forgotten of it.</summary>
        public Watermark Watermark => new(new RegisterOrigin(State.Version, State.Version), Promised.Round);
    }

    /// <summary>Whether a register was forgotten.</summary>
    private sealed record Forgotten(bool IsForgotten);
}
