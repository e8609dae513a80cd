using System.Globalization;
using Orleans.Paxos.Acceptors;
using Orleans.Paxos.Protocol;
using Orleans.Paxos.Storage;
using Orleans.Paxos.Verification.Simulation.Monitors;
using Orleans.Storage;

namespace Orleans.Paxos.Verification.Simulation.World;

/// <summary>The durable content of one acceptor's storage. It outlives the processes that write to it.</summary>
/// <param name="acceptor">The acceptor that owns it.</param>
/// <param name="isExclusive">Whether only one process at a time can use it, like a local disk with a lock.</param>
/// <param name="logged">The part of a register's history that it keeps in a log, written together with the record; null when it has no log.</param>
/// <param name="monitor">Sees every write.</param>
internal sealed class Disk(string acceptor, bool isExclusive, HistoryLimits? logged, InvariantMonitor monitor)
{
    private const string Identity = "identity";

    private static readonly AcceptorRecordFormat Format = new();
    private static readonly AcceptorIdentityFormat IdentityFormat = new();

    private readonly Dictionary<(string State, string Key), (byte[] Bytes, string ETag)> _records = [];
    private long _writes;

    public string Acceptor => acceptor;

    public bool IsExclusive => isExclusive;

    public bool HasLog => logged is not null;

    public DiskLog Log { get; } = new();

    public (byte[] Bytes, string ETag)? Find(string state, GrainId key) =>
        _records.TryGetValue((state, key.ToString()), out var record) ? record : null;

    /// <summary>Durably replaces a record and appends the given entries: both or neither.</summary>
    /// <returns>The new ETag.</returns>
    /// <exception cref="InconsistentStateException">The record has changed since the writer read it.</exception>
    public string Write(string state, GrainId key, byte[] bytes, string? etag, RegisterAddition? addition = null)
    {
        EnsureCurrent(state, key, etag);
        if (addition is not null)
            Log.Add(state, key, addition);
        var next = (++_writes).ToString(CultureInfo.InvariantCulture);
        var before = Find(state, key)?.Bytes;
        _records[(state, key.ToString())] = (bytes, next);
        if (state == Identity)
            monitor.Stored(acceptor, before is null ? null : IdentityFormat.Decode(before), IdentityFormat.Decode(bytes)!);
        if (state != AcceptorStorage.RegisterRecord)
            return next;

        var record = Format.Decode(bytes);
        monitor.Stored(acceptor, RegisterOf(key), record);
        if (before is not null && logged?.FirstVersion(record.State) is { } first)
            monitor.Replaced(acceptor, RegisterOf(key), Format.Decode(before), record.State, Log.Entries(state, key, first), first);
        if (before is not null && logged is null)
            monitor.Kept(acceptor, RegisterOf(key), Format.Decode(before), record, chunk => Find($"history-{chunk.Id:N}", key) is not null);
        return next;
    }

    public void Clear(string state, GrainId key, string? etag)
    {
        EnsureCurrent(state, key, etag);
        _records.Remove((state, key.ToString()));
        Log.Remove(state, key);
    }

    /// <summary>Replaces the disk with a blank one.</summary>
    /// <param name="keepIdentity">Whether to keep the record by which an acceptor identifies itself, for a negative control.</param>
    public void Lose(bool keepIdentity)
    {
        foreach (var key in _records.Keys.Where(key => !keepIdentity || key.State != Identity).ToList())
            _records.Remove(key);
        Log.Lose();
        monitor.Lost(acceptor);
    }

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
