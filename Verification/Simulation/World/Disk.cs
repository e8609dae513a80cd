using System.Globalization;
using Orleans.Paxos.Acceptors;
using Orleans.Paxos.Protocol;
using Orleans.Paxos.Storage;
using Orleans.Paxos.Verification.Simulation.Monitors;
using Orleans.Storage;

namespace Orleans.Paxos.Verification.Simulation.World;

/// <summary>
/// One acceptor's storage. It outlives the processes that write to it. A write that is not flushed yet survives the end of its process, but
/// not a power loss.
/// </summary>
/// <param name="acceptor">The acceptor that owns it.</param>
/// <param name="isExclusive">Whether only one process at a time can use it, like a local disk with a lock.</param>
/// <param name="logged">The part of a register's history that it keeps in a log, written together with the record; null when it has no log.</param>
/// <param name="monitor">Sees every write when it becomes durable.</param>
internal sealed class Disk(string acceptor, bool isExclusive, HistoryLimits? logged, InvariantMonitor monitor)
{
    private const string Identity = "identity";

    /// <summary>After this many flushes the database contains what the write-ahead log contains.</summary>
    private const int FlushesBetweenCheckpoints = 16;

    private static readonly AcceptorRecordFormat Format = new();
    private static readonly AcceptorIdentityFormat IdentityFormat = new();
    private static readonly WatermarkPageFormat WatermarkFormat = new();

    private readonly List<UnflushedWrite> _unflushed = [];
    private readonly List<Action> _untold = [];
    private DiskContent _content = new();
    private DiskContent _database = new();
    private DiskContent? _beforeRecovery;
    private long _writes;
    private long _flushes;
    private long _lastCommitAt;

    public string Acceptor => acceptor;

    public bool IsExclusive => isExclusive;

    public bool HasLog => logged is not null;

    /// <summary>Whether the database lacks the write-ahead log that it was used with, so that no process opens it.</summary>
    public bool IsRefused { get; private set; }

    public DiskLog Log => _content.Log;

    public (byte[] Bytes, string ETag)? Find(string state, GrainId key) => _content.Find(state, key);

    /// <summary>Replaces a record and appends the given entries, both or neither, with the next flush.</summary>
    public UnflushedWrite Write(string state, GrainId key, byte[] bytes, string? etag, RegisterAddition? addition = null) =>
        Add(() => Replace(state, key, bytes, etag, addition));

    /// <summary>Removes a record and changes the given names, both or neither, with the next flush.</summary>
    public UnflushedWrite Clear(string state, GrainId key, string? etag, RegisterAddition? addition = null) => Add(() =>
    {
        EnsureCurrent(state, key, etag);
        if (state == AcceptorStorage.RegisterRecord && Find(state, key) is { } forgotten)
            TellForgotten(key, Format.Decode(forgotten.Bytes));
        _content.Remove(state, key);
        Log.Apply(addition?.Names ?? []);
        return "";
    });

    /// <summary>Returns when a commit is carried out that would be at a time. A database has one writer, so that is never before an earlier one.</summary>
    public long InOrder(long at) => _lastCommitAt = IsExclusive && HasLog ? Math.Max(_lastCommitAt, at) : at;

    /// <summary>Makes all writes durable.</summary>
    public void Flush()
    {
        Apply();
        _untold.ForEach(static tell => tell());
        _untold.Clear();
        _beforeRecovery = null;
        if (++_flushes % FlushesBetweenCheckpoints == 0)
            _database = _content.Clone();
    }

    /// <summary>Opens the disk for a new process, which finds everything that the previous process wrote.</summary>
    /// <param name="flush">Whether to flush it. If not, the process reads what a power loss would take away, for a negative control.</param>
    public void Recover(bool flush)
    {
        if (flush)
        {
            Flush();
            return;
        }

        _beforeRecovery ??= _content.Clone();
        Apply();
    }

    /// <summary>Removes what is not flushed.</summary>
    public void LosePower()
    {
        _unflushed.Clear();
        _untold.Clear();
        _content = _beforeRecovery ?? _content;
        _beforeRecovery = null;
    }

    /// <summary>Removes the write-ahead log. What remains is the database as of the last checkpoint.</summary>
    /// <param name="isNoticed">Whether the next process refuses the database. If not, it uses it as if nothing were missing, for a negative control.</param>
    public void LoseLog(bool isNoticed)
    {
        LosePower();
        _content = _database.Clone();
        IsRefused = isNoticed;
        monitor.Lost(acceptor);
    }

    /// <summary>Replaces the disk with a blank one.</summary>
    /// <param name="keepIdentity">Whether to keep the record by which an acceptor identifies itself, for a negative control.</param>
    public void Lose(bool keepIdentity)
    {
        LosePower();
        _content = _content.Blank(keepIdentity ? Identity : null);
        _database = _content.Clone();
        IsRefused = false;
        monitor.Lost(acceptor);
    }

    private UnflushedWrite Add(Func<string> apply)
    {
        var write = new UnflushedWrite(apply);
        _unflushed.Add(write);
        return write;
    }

    private void Apply()
    {
        _unflushed.ForEach(static write => write.Apply());
        _unflushed.Clear();
    }

    private string Replace(string state, GrainId key, byte[] bytes, string? etag, RegisterAddition? addition)
    {
        EnsureCurrent(state, key, etag);
        if (addition is not null)
            Log.Add(state, key, addition);
        var next = (++_writes).ToString(CultureInfo.InvariantCulture);
        var before = Find(state, key)?.Bytes;
        _content.Put(state, key, bytes, next);
        if (state == Identity)
            TellIdentity(before, bytes);
        if (state == AcceptorStorage.RegisterRecord)
            TellRecord(state, key, before, bytes);
        if (state.StartsWith("watermarks", StringComparison.Ordinal))
            _untold.Add(() => monitor.Raised(acceptor, state, WatermarkFormat.Decode(bytes)));
        return next;
    }

    private void TellIdentity(byte[]? before, byte[] after) =>
        _untold.Add(() => monitor.Stored(acceptor, before is null ? null : IdentityFormat.Decode(before), IdentityFormat.Decode(after)!));

    /// <summary>Tells the monitor, with the next flush, what the disk holds now.</summary>
    private void TellRecord(string state, GrainId key, byte[]? before, byte[] after)
    {
        var register = RegisterOf(key);
        var record = Format.Decode(after);
        _untold.Add(() => monitor.Stored(acceptor, register, record));
        if (before is null)
            return;

        var replaced = Format.Decode(before);
        if (logged is null)
        {
            var stored = record.Chunks.Where(chunk => Find($"history-{chunk.Id:N}", key) is not null).ToList();
            _untold.Add(() => monitor.Kept(acceptor, register, replaced, record, stored.Contains));
        }
        else if (logged.Value.FirstVersion(record.State) is { } first)
        {
            var entries = Log.Entries(state, key, first);
            _untold.Add(() => monitor.Replaced(acceptor, register, replaced, record, entries));
        }
    }

    private void TellForgotten(GrainId key, AcceptorRecord record) =>
        _untold.Add(() => monitor.Forgot(acceptor, RegisterOf(key), record));

    private void EnsureCurrent(string state, GrainId key, string? etag)
    {
        var stored = Find(state, key)?.ETag;
        if (stored != etag)
            throw new InconsistentStateException("The record was changed by another writer.", stored ?? "none", etag ?? "none");
    }

    private static string RegisterOf(GrainId key)
    {
        var text = key.ToString();
        return Uri.UnescapeDataString(text[(text.IndexOf('~') + 1)..].Replace('_', '%')); // as StorageKey has written it
    }
}
