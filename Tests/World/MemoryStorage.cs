using System.Globalization;
using Orleans.Paxos.Verification.Simulation.World;
using Orleans.Storage;

namespace Orleans.Paxos.Tests.World;

/// <summary>A storage in memory with ETags, counters and faults that a test sets. Like a disk, it outlives the acceptor that uses it.</summary>
internal sealed class MemoryStorage : IGrainStorage, IAcceptorGrainStorage, IRegisterStorage
{
    private readonly Lock _gate = new();
    private Dictionary<(string State, GrainId Key), (byte[] Bytes, long Version)> _records = [];
    private DiskLog _log = new();
    private long _versions;

    public bool IsExclusivelyOwned { get; set; } = true;

    public string Kind => "memory";

    /// <summary>Whether it writes a register with its history and its name in one commit.</summary>
    public bool WritesInOneCommit { get; set; }

    public IRegisterStorage? Registers => WritesInOneCommit ? this : null;

    /// <summary>Runs before each write takes effect. It may wait or throw.</summary>
    public Func<string, Task>? BeforeWrite { get; set; }

    /// <summary>Runs after each write has taken effect and before its caller knows. It may wait or throw.</summary>
    public Func<string, Task>? AfterWrite { get; set; }

    public int Writes { get; private set; }

    public int Reads { get; private set; }

    /// <summary>The number of times that an acceptor read its identity, which each activation does once.</summary>
    public int IdentityReads { get; private set; }

    public IReadOnlyCollection<string> StateNames
    {
        get
        {
            lock (_gate)
                return [.. _records.Keys.Select(key => key.State)];
        }
    }

    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        lock (_gate)
        {
            Reads++;
            if (stateName == "identity")
                IdentityReads++;
            if (_records.TryGetValue((stateName, grainId), out var record))
            {
                ((StoredRecord)(object)grainState.State!).Bytes = record.Bytes;
                grainState.ETag = record.Version.ToString(CultureInfo.InvariantCulture);
                grainState.RecordExists = true;
            }
            else
            {
                grainState.ETag = null;
                grainState.RecordExists = false;
            }
        }

        return Task.CompletedTask;
    }

    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        this.WriteRegisterAsync(stateName, grainId, grainState, addition: null);

    public async Task CommitAsync(IReadOnlyList<RegisterWrite> writes)
    {
        if (BeforeWrite is { } before)
            await before(writes[0].StateName);
        lock (_gate)
        {
            foreach (var write in writes)
                Write(write);
        }

        if (AfterWrite is { } after)
            await after(writes[0].StateName);
    }

    public Task<IReadOnlyList<ReplacedEntry>> ReadEntriesAsync(string stateName, GrainId grainId, long firstVersion)
    {
        lock (_gate)
            return Task.FromResult(_log.Entries(stateName, grainId, firstVersion));
    }

    public Task<IReadOnlyList<string>> ReadNamesAsync(string list, string first, int count)
    {
        lock (_gate)
            return Task.FromResult(_log.Names(list, first, count));
    }

    public Task<long> CountNamesAsync(string list)
    {
        lock (_gate)
            return Task.FromResult(_log.CountNames(list));
    }

    public async Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        if (BeforeWrite is { } before)
            await before(stateName);
        lock (_gate)
        {
            EnsureCurrent(stateName, grainId, grainState.ETag);
            _records.Remove((stateName, grainId));
            _log.Remove(stateName, grainId);
            grainState.ETag = null;
            grainState.RecordExists = false;
        }
    }

    /// <summary>Deletes everything, like a lost disk.</summary>
    public void Wipe()
    {
        lock (_gate)
        {
            _records.Clear();
            _log = new DiskLog();
        }
    }

    /// <summary>Takes everything out, and returns what puts it back in place of what is there then, like a disk that is found again.</summary>
    public Action TakeOut()
    {
        lock (_gate)
        {
            var (records, log) = (_records, _log);
            (_records, _log) = ([], new DiskLog());
            return () =>
            {
                lock (_gate)
                    (_records, _log) = (records, log);
            };
        }
    }

    public int LargestRecordBytes(string stateName)
    {
        lock (_gate)
            return _records.Where(record => record.Key.State == stateName).Max(record => record.Value.Bytes.Length);
    }

    /// <summary>Flips a bit in every record of a kind.</summary>
    public void Damage(string stateName)
    {
        lock (_gate)
        {
            foreach (var (key, record) in _records.Where(record => record.Key.State == stateName).ToList())
                _records[key] = ([.. record.Bytes[..^6], (byte)(record.Bytes[^6] ^ 1), .. record.Bytes[^5..]], record.Version);
        }
    }

    private void Write(RegisterWrite write)
    {
        try
        {
            EnsureCurrent(write.StateName, write.GrainId, write.Record.ETag);
        }
        catch (InconsistentStateException conflict)
        {
            write.Refusal = conflict;
            return;
        }

        Writes++;
        if (write.Removes)
        {
            _records.Remove((write.StateName, write.GrainId));
            _log.Remove(write.StateName, write.GrainId);
            _log.Apply(write.Addition?.Names ?? []);
            (write.Record.ETag, write.Record.RecordExists) = (null, false);
            return;
        }

        if (write.Addition is not null)
            _log.Add(write.StateName, write.GrainId, write.Addition);
        var version = ++_versions;
        _records[(write.StateName, write.GrainId)] = (write.Record.State!.Bytes, version);
        write.Record.ETag = version.ToString(CultureInfo.InvariantCulture);
        write.Record.RecordExists = true;
    }

    private void EnsureCurrent(string stateName, GrainId grainId, string? etag)
    {
        var stored = _records.TryGetValue((stateName, grainId), out var record) ? record.Version.ToString(CultureInfo.InvariantCulture) : null;
        if (stored != etag)
            throw new InconsistentStateException("The record was changed by another writer.", stored ?? "none", etag ?? "none");
    }
}
