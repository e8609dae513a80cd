using Microsoft.Data.Sqlite;

namespace Orleans.Paxos.Storage.Sqlite;

/// <summary>One connection that reads, with its statements. It runs one read at a time.</summary>
internal sealed class SqliteReader : IDisposable
{
    private readonly IDiskSteps _disk;
    private readonly SqliteConnection _connection;
    private readonly SqliteStatement _begin;
    private readonly SqliteStatement _end;
    private readonly SqliteStatement _record;
    private readonly SqliteStatement _tail;
    private readonly SqliteStatement _segment;
    private readonly SqliteStatement _movedSegment;
    private readonly SqliteStatement _names;
    private readonly SqliteStatement _countNames;

    public SqliteReader(string path, IDiskSteps disk)
    {
        _disk = disk;
        _connection = SqliteFile.OpenReader(path);
        _begin = new(_connection, "BEGIN");
        _end = new(_connection, "COMMIT");
        _record = new(_connection, "SELECT id, version, checksum, data FROM records WHERE key = ?1");
        _tail = new(_connection, "SELECT id, tail FROM records WHERE key = ?1");
        _segment = new(_connection, "SELECT data FROM log WHERE number = ?1");
        _movedSegment = new(_connection, "SELECT data FROM log WHERE was = ?1");
        _names = new(_connection, "SELECT name FROM names WHERE list = ?1 AND name >= ?2 ORDER BY name LIMIT ?3");
        _countNames = new(_connection, "SELECT count(*) FROM names WHERE list = ?1");
    }

    /// <returns>A record; null when there is none.</returns>
    public StoredRow? Record(byte[] key)
    {
        using var use = _record.BindText(1, key).Use();
        if (!_record.Step())
            return null;

        var version = new RecordVersion(_record.Number(0), _record.Number(1));
        var data = _record.Blob(3).ToArray();
        return RecordChecksum.Of(version.Count, data) == _record.Number(2)
            ? new StoredRow(version, data)
            : throw SqliteErrors.Damaged($"The record '{RecordKey.Text(key)}'", _connection);
    }

    /// <summary>Reads in one transaction, because the history is trimmed continuously.</summary>
    /// <returns>The entries that a record has in the history, starting at a version.</returns>
    public IReadOnlyList<ReplacedEntry> Entries(byte[] key, long firstVersion)
    {
        _begin.Run();
        try
        {
            var tail = new HistoryTail();
            var record = ReadTail(key, tail);
            IReadOnlyList<ReplacedEntry> entries = [];
            _disk.ReadSegments(() =>
                entries = [.. tail.Places.Where(place => place.Version >= firstVersion).Select(place => Entry(key, record, place))]);
            return entries;
        }
        finally
        {
            _end.Run();
        }
    }

    /// <returns>The names of a list, starting at a given name.</returns>
    public IReadOnlyList<string> Names(string list, string first, int count)
    {
        using var use = _names.BindText(1, list).BindText(2, first).Bind(3, count).Use();
        var names = new List<string>();
        while (_names.Step())
            names.Add(_names.Text(0));
        return names;
    }

    public long CountNames(string list)
    {
        using var use = _countNames.BindText(1, list).Use();
        return _countNames.Step() ? _countNames.Number(0) : 0;
    }

    public void Dispose()
    {
        foreach (var part in (IDisposable[])[_begin, _end, _record, _tail, _segment, _movedSegment, _names, _countNames, _connection])
            part.Dispose();
    }

    /// <returns>The record's row; 0 when there is none.</returns>
    private long ReadTail(byte[] key, HistoryTail tail)
    {
        using var use = _tail.BindText(1, key).Use();
        if (!_tail.Step())
            return 0;
        var record = _tail.Number(0);
        return tail.TryRead(record, _tail.Blob(1))
            ? record
            : throw SqliteErrors.Damaged($"The list of the entries of the record '{RecordKey.Text(key)}'", _connection);
    }

    private ReplacedEntry Entry(byte[] key, long record, HistoryPlace place) =>
        Entry(_segment, record, place) ?? Entry(_movedSegment, record, place)
            ?? throw SqliteErrors.Damaged($"The entry of version {place.Version} of the record '{RecordKey.Text(key)}'", _connection);

    /// <returns>The entry; null when it is missing or damaged.</returns>
    private static ReplacedEntry? Entry(SqliteStatement segment, long record, HistoryPlace place)
    {
        using var use = segment.Bind(1, place.Number).Use();
        return segment.Step() && HistorySegment.Find(segment.Blob(0), new(record, place.Version)) is { } data ? new(place.Version, data) : null;
    }
}

/// <summary>A record as it was read.</summary>
/// <param name="Version">The version that its ETag stands for.</param>
/// <param name="Data">Its bytes.</param>
internal readonly record struct StoredRow(RecordVersion Version, byte[] Data);
