using System.Globalization;

namespace Orleans.Paxos.Storage.Sqlite;

/// <summary>
/// The version that an ETag stands for. The row number is never used again after a clear, so an ETag from before a clear does not match
/// anything written after it. The count grows with each write.
/// </summary>
/// <param name="Row">The number of the record's row.</param>
/// <param name="Count">How many times the row was written.</param>
internal readonly record struct RecordVersion(long Row, long Count)
{
    public RecordVersion Next => this with { Count = Count + 1 };

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Row}-{Count}");

    /// <summary>Parses an ETag. An ETag that this provider never issued is parsed as a version that no record has.</summary>
    public static RecordVersion Parse(string etag)
    {
        var dash = etag.IndexOf('-');
        return dash >= 0 && TryParse(etag.AsSpan(0, dash), out var row) && TryParse(etag.AsSpan(dash + 1), out var count)
            ? new(row, count)
            : default;
    }

    private static bool TryParse(ReadOnlySpan<char> digits, out long number) =>
        long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
