using Microsoft.Extensions.Logging;
using Orleans.Paxos.Protocol;
using static Orleans.Paxos.TaskExtensions;

namespace Orleans.Paxos.Acceptors;

/// <summary>
/// Forgets deleted registers in the background (docs/protocol.md, "Forgetting"). <see cref="PaxosOptions.ForgetAfter"/> after its deletion, a
/// register ends: that is a proposal like any other. Then new registers of its bucket begin above it. Once every other acceptor is at the
/// end, the bucket's watermark covers it, too; and then the record goes. Each step is durable before the next, and each can be taken again.
/// </summary>
internal sealed partial class Forgetter
{
    private const int NamesAtOnce = 1024;
    private const int LooksPerRetention = 8;

    private static readonly TimeSpan LongestPauseBetweenPages = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestPauseBetweenLooks = TimeSpan.FromSeconds(10);

    private readonly AcceptorStorage _storage;
    private readonly AcceptorPeers _peers;
    private readonly AcceptorMembership _membership;
    private readonly IEmptyRegisters _empty;
    private readonly Watermarks _watermarks;
    private readonly RegisterDesk _desk;
    private readonly RecordRemoval _removal;
    private readonly ForgottenEnds _forgotten;
    private readonly Func<string, Task> _end;
    private readonly TimeSpan _retention;
    private readonly ILogger _logger;
    private HashSet<(string Key, Ballot Promised)> _seen = [];
    private HashSet<(string Key, Ballot Promised)> _seenBefore = [];
    private long _looks;
    private string _waitsFor = "";
    private DateTimeOffset _waitsSince;

    /// <summary>Creates the forgetter of an acceptor.</summary>
    /// <param name="storage">The acceptor's storage.</param>
    /// <param name="peers">The acceptors.</param>
    /// <param name="membership">Whether the acceptor votes.</param>
    /// <param name="empty">The registers without a value.</param>
    /// <param name="watermarks">The acceptor's watermarks.</param>
    /// <param name="desk">Takes questions about its registers.</param>
    /// <param name="forgotten">Is told what was forgotten.</param>
    /// <param name="end">Ends a register that is deleted, at every acceptor.</param>
    /// <param name="retention">How long after its deletion a register is forgotten.</param>
    /// <param name="logger">The log.</param>
    public Forgetter(
        AcceptorStorage storage,
        AcceptorPeers peers,
        AcceptorMembership membership,
        IEmptyRegisters empty,
        Watermarks watermarks,
        RegisterDesk desk,
        ForgottenEnds forgotten,
        Func<string, Task> end,
        TimeSpan retention,
        ILogger logger)
    {
        _storage = storage;
        _peers = peers;
        _membership = membership;
        _empty = empty;
        _watermarks = watermarks;
        _desk = desk;
        _removal = new RecordRemoval(watermarks, desk);
        _forgotten = forgotten;
        _end = end;
        _retention = retention;
        _logger = logger;
    }

    /// <summary>What it did, and what it waits for.</summary>
    public ForgettingStatus Status => new(
        _forgotten.Count,
        _waitsFor.Length == 0 ? "" : $"{_waitsFor} (since {_waitsSince:u})");

    /// <summary>Forgets until the acceptor is stopped: at most half of the time, and without long pauses while there is much to forget.</summary>
    public async Task RunAsync()
    {
        string? page = null;
        var pause = PauseBetweenLooks;
        while (!_membership.IsStopped)
        {
            await Task.Delay(pause, _peers.Clock);
            var began = _peers.Clock.GetTimestamp();
            page = await TryForgetPageAsync(page ?? "");
            pause = page is null ? PauseBetweenLooks : Shorter(_peers.Clock.GetElapsedTime(began), LongestPauseBetweenPages);
        }
    }

    private async Task<string?> TryForgetPageAsync(string after)
    {
        try
        {
            return await ForgetPageAsync(after);
        }
        catch (Exception exception)
        {
            if (WaitFor($"A look at the deleted registers failed: {exception.Message}") && !_membership.IsStopped)
                LogFailed(_storage.Acceptor, exception);
            return null;
        }
    }

    /// <summary>Takes the next step for a page of registers without a value.</summary>
    /// <param name="after">Where the page begins; empty for the first one.</param>
    /// <returns>Where the next page begins; null if this is the last one.</returns>
    public async Task<string?> ForgetPageAsync(string after)
    {
        if (_membership.Retired() is not null)
            return null;
        var (page, next) = await _empty.ReadAsync(after, until: _peers.Clock.GetUtcNow() - _retention, NamesAtOnce);
        if (after.Length == 0)
            BeginLook(isEmpty: page.Count == 0);
        if (page.Count > 0)
            await ForgetAsync(page);
        return next;
    }

    private void BeginLook(bool isEmpty)
    {
        (_seenBefore, _seen) = (_seen, []);
        if (isEmpty)
            WaitFor("");
        else
            _looks++;
    }

    private TimeSpan PauseBetweenLooks => Shorter(_retention / LooksPerRetention, LongestPauseBetweenLooks);

    private async Task ForgetAsync(IReadOnlyList<EmptyRegister> page)
    {
        var (promised, ended, deleted, settled) = (new List<HeldRegister>(), new List<HeldRegister>(), new List<string>(), new List<EmptyRegister>());
        List<EmptyRegister> due = [.. page.Where(name => !name.IsDeleted || HasTurn(name.Register))];
        foreach (var (name, record) in due.Zip(await _desk.RecordsOfAsync([.. due.Select(static name => name.Register)])))
        {
            if (record!.Accepted.IsNone && !IsIdle(name, record.Promised))
                continue;
            if (record.IsUnknown || EmptyRegister.KeyOf(name.Register, record) != name.Key)
                settled.Add(name);
            else if (record.Accepted.IsNone)
                promised.Add(new HeldRegister(name, record));
            else if (record.HasEnded)
                ended.Add(new HeldRegister(name, record));
            else
                deleted.Add(name.Register);
        }

        settled.AddRange((await _removal.RemoveAsync(promised)).Select(static each => each.Name));
        settled.AddRange(await ForgetCoveredAsync(ended));
        await EndAsync(deleted);
        await _empty.SettleAsync(settled);
    }

    /// <summary>Whether a proposal does not seem to be under way: the look before has seen the same promise.</summary>
    private bool IsIdle(EmptyRegister name, Ballot promised)
    {
        _seen.Add((name.Key, promised));
        return _seenBefore.Contains((name.Key, promised));
    }

    /// <returns>The registers that are forgotten.</returns>
    private async Task<IEnumerable<EmptyRegister>> ForgetCoveredAsync(List<HeldRegister> ended)
    {
        if (ended.Count == 0)
            return [];
        await _watermarks.RaiseAsync([.. ended.Select(static each => (each.Name.Register, Watermark.Above(each.Record)))]);
        var set = _peers.Current;
        var others = set.All.Where(peer => peer.Name != _storage.Acceptor).ToList();
        var request = new CoverRequest(set.Id, [.. ended.Select(static each => each.End)]);
        var replies = await Task.WhenAll(others.Select(peer => peer.TryAskAsync(acceptor => acceptor.CoverAsync(request))));
        var silent = others.Where((_, index) => replies[index] is null).Select(static peer => $"'{peer.Name}'").ToList();
        WaitFor(silent.Count == 0 ? "" : $"It waits for {string.Join(", ", silent)}: a register is forgotten only once every acceptor has accepted its end.");
        if (silent.Count > 0)
            return [];
        _membership.ThrowIfLeft(set.Id);
        var covers = ended.Select((each, index) => (Held: each, Others: replies.Select(reply => reply!.Covers[index]).ToList())).ToList();
        var covered = covers.ToLookup(each => AcceptorRules.MayForget(each.Others));
        var forgotten = await _removal.RemoveAsync([.. covered[true].Select(static each => each.Held)]);
        _forgotten.AddRange(forgotten.Select(static each => each.End));
        await EndAsync(covered[false].Select(static each => each.Held.Name.Register));
        return forgotten.Select(static each => each.Name);
    }

    /// <summary>
    /// Ends registers. The acceptors take turns at each of them, so that they rarely compete: the one whose turn it is may not know that a
    /// register was deleted.
    /// </summary>
    private Task EndAsync(IEnumerable<string> deleted) => Task.WhenAll(deleted.Where(HasTurn).Select(_end));

    private bool HasTurn(string register)
    {
        var set = _peers.Current;
        var number = set.Find(_storage.Acceptor) is { } own ? set.NumberOf(own) : 0;
        return (_looks + number + _watermarks.BucketOf(register)) % set.All.Count == 0;
    }

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
}
