using Microsoft.Data.Sqlite;

namespace Orleans.Paxos.Storage.Sqlite;

/// <summary>
/// The history of all records, which consists of their replaced entries, as the writer sees it within the open transaction. All entries
/// of a commit are added at the end together, whatever records they belong to, so that they share one row and a few pages. A row for each
/// entry would cost a page each. The same commits also trim the beginning.
/// </summary>
internal sealed class HistoryTable : IDisposable
{
    /// <summary>
    /// A row is a segment, which holds entries that one commit added. Its number is how many entries were added before it. When the rest
    /// of a segment is moved to the end, <c>was</c> keeps its first number, so that the records that refer to it need not be rewritten.
    /// <c>live</c> is how many entries all records together referred to when the row was written. The table is named <c>log</c> in every
    /// existing database, so it keeps that name.
    /// </summary>
    public const string Schema =
        "CREATE TABLE log (number INTEGER PRIMARY KEY, was INTEGER, entries INTEGER NOT NULL, live INTEGER NOT NULL, data BLOB NOT NULL) STRICT;" +
        "CREATE UNIQUE INDEX log_was ON log (was) WHERE was IS NOT NULL";

    /// <summary>A segment of this size gets no more entries, because reading an entry reads its whole segment.</summary>
    private const int FullSegmentBytes = 32 * 1024;

    /// <summary>
    /// The table is trimmed after this many entries were added, so that single writes do not change its beginning each time.
    /// </summary>
    private const int EntriesBetweenTrims = 64;

    private readonly RecordTable _records;
    private readonly SqliteStatement _append;
    private readonly SqliteStatement _oldest;
    private readonly SqliteStatement _delete;
    private readonly HistoryTail _tail = new();
    private readonly HistorySegment _segment = new();
    private HistoryExtent _extent = new(First: 0, Next: 0, Live: 0, SinceTrim: 0);
    private HistoryExtent _committed;

    public HistoryTable(SqliteConnection connection, RecordTable records)
    {
        _records = records;
        _append = new(connection, "INSERT INTO log (number, was, entries, live, data) VALUES (?1, ?2, ?3, ?4, ?5)");
        _oldest = new(connection, "SELECT number, was, entries, data FROM log ORDER BY number");
        _delete = new(connection, "DELETE FROM log WHERE number < ?1");
        using var ends = new SqliteStatement(
            connection, "SELECT (SELECT min(number) FROM log), number + entries, live FROM log ORDER BY number DESC LIMIT 1");
        if (ends.Step())
            _extent = new(ends.Number(0), ends.Number(1), ends.Number(2), SinceTrim: 0);
        _committed = _extent;
    }

    /// <summary>The extent of the history, as of the last commit.</summary>
    public HistoryExtent Extent => _committed;

    /// <summary>Notes in a record's tail where <see cref="Append"/> will put the record's entries.</summary>
    public void Place(ImmutableArray<ReplacedEntry> entries, HistoryTail tail)
    {
        if (_segment.Bytes.Length >= FullSegmentBytes)
            WriteSegment();
        foreach (var entry in entries)
            tail.Add(new(entry.Version, _extent.Next));
    }

    /// <summary>Adds a record's entries at the end.</summary>
    /// <param name="record">The record's row.</param>
    /// <param name="entries">The entries.</param>
    /// <param name="moreLive">How many more entries the record refers to now.</param>
    public void Append(long record, ImmutableArray<ReplacedEntry> entries, int moreLive)
    {
        foreach (var entry in entries)
            _segment.Add(new(record, entry.Version), entry.Bytes);
        CountLive(moreLive);
    }

    /// <summary>Notes that records refer to more or fewer entries than before.</summary>
    public void CountLive(int more) => _extent.Live = Math.Max(0, _extent.Live + more);

    /// <summary>
    /// Writes the rest of the transaction's entries, and trims. When the table holds more than one and a half times the live entries,
    /// trimming goes through the oldest entries, twice as many as were added since the last trim. It moves live ones to the end and
    /// deletes the others. The table therefore stays shorter than twice the live entries.
    /// </summary>
    public void Complete()
    {
        if (!_segment.Bytes.IsEmpty)
            WriteSegment();
        if (_extent.SinceTrim < EntriesBetweenTrims)
            return;
        var count = 2 * _extent.SinceTrim;
        _extent.SinceTrim = 0;
        if (2 * _extent.Entries > 3 * _extent.Live)
            Trim(count);
    }

    public void Committed() => _committed = _extent;

    public void RolledBack()
    {
        _extent = _committed;
        _segment.Clear();
    }

    public void Dispose()
    {
        foreach (var statement in (SqliteStatement[])[_append, _oldest, _delete])
            statement.Dispose();
    }

    private void WriteSegment()
    {
        _extent.SinceTrim += _segment.Count;
        Write(was: null, _segment);
        _segment.Clear();
    }

    private void Trim(long count)
    {
        var live = new List<(long Was, HistorySegment Segment)>();
        for (var end = _extent.First + count; _extent.First < end && _oldest.Step();)
        {
            var number = _oldest.Number(0);
            _extent.First = number + _oldest.Number(2);
            var was = _oldest.IsNull(1) ? number : _oldest.Number(1);
            var rest = HistorySegment.Of(_oldest.Blob(3), key => IsLive(key, was));
            if (rest.Count > 0)
                live.Add((was, rest));
        }

        _oldest.Reset();
        _delete.Bind(1, _extent.First).Run();
        live.ForEach(each => Write(each.Was, each.Segment));
    }

    /// <summary>
    /// Whether to keep an entry. An entry whose record has a damaged tail is kept: trimming must not decide what is lost.
    /// </summary>
    private bool IsLive(HistoryKey key, long number) =>
        !_records.TryReadTail(key.Record, _tail) || _tail.Contains(new(key.Version, number));

    private void Write(long? was, HistorySegment segment)
    {
        _append.Bind(1, _extent.Next);
        if (was is { } number)
            _append.Bind(2, number);
        _append.Bind(3, segment.Count).Bind(4, _extent.Live).BindBlob(5, segment.Bytes).Run();
        _extent.Next += segment.Count;
    }
}

/// <summary>The extent of the history.</summary>
/// <param name="First">The number of its oldest row.</param>
/// <param name="Next">The number of its next row.</param>
/// <param name="Live">How many entries records refer to.</param>
/// <param name="SinceTrim">How many entries were added since it was trimmed.</param>
internal record struct HistoryExtent(long First, long Next, long Live, long SinceTrim)
{
    /// <summary>How many entries the history holds.</summary>
    public readonly long Entries => Next - First;
}
