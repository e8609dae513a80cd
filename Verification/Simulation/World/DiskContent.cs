namespace Orleans.Paxos.Verification.Simulation.World;

/// <summary>The records on a disk, and the log beside them.</summary>
internal sealed class DiskContent
{
    private readonly Dictionary<(string State, string Key), (byte[] Bytes, string ETag)> _records;

    public DiskContent()
        : this([], new DiskLog())
    {
    }

    private DiskContent(Dictionary<(string State, string Key), (byte[] Bytes, string ETag)> records, DiskLog log) => (_records, Log) = (records, log);

    public DiskLog Log { get; }

    public (byte[] Bytes, string ETag)? Find(string state, GrainId key) =>
        _records.TryGetValue((state, key.ToString()), out var record) ? record : null;

    public void Put(string state, GrainId key, byte[] bytes, string etag) => _records[(state, key.ToString())] = (bytes, etag);

    public void Remove(string state, GrainId key)
    {
        _records.Remove((state, key.ToString()));
        Log.Remove(state, key);
    }

    public DiskContent Clone() => new(new(_records), Log.Clone());

    /// <summary>Gets a blank content that keeps the records of one state only.</summary>
    public DiskContent Blank(string? keptState) => new(new(_records.Where(record => record.Key.State == keptState)), new DiskLog());
}
