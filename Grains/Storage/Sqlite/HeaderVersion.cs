namespace Orleans.Paxos.Storage.Sqlite;

/// <summary>
/// The version in a database's header (<c>PRAGMA user_version</c>): the format's, and while the database is open a mark that says so. The mark
/// names the generation of the write-ahead log, without which the file is not whole.
/// </summary>
/// <param name="Value">The number in the header.</param>
internal readonly record struct HeaderVersion(int Value)
{
    private const int FormatMask = 0xFF;
    private const int OpenMark = 0x100;
    private const int GenerationShift = 9;
    private const uint GenerationMask = uint.MaxValue >> GenerationShift;

    /// <summary>The log starts again at most so often until the mark is renewed: see <see cref="Checkpoints"/>.</summary>
    private const int MostRestarts = 2;

    /// <summary>The version of a database that was closed in order.</summary>
    public static HeaderVersion Closed { get; } = new(SqliteFile.FormatVersion);

    public bool IsOpen => (Value & OpenMark) != 0;

    public int Format => IsOpen ? Value & FormatMask : Value;

    /// <summary>The version of a database that is open, with a log of this generation.</summary>
    public static HeaderVersion Open(uint generation) =>
        new(SqliteFile.FormatVersion | OpenMark | (int)((generation & GenerationMask) << GenerationShift));

    /// <summary>Whether the log of the database can be of this generation.</summary>
    public bool Allows(uint generation) => ((generation - ((uint)Value >> GenerationShift)) & GenerationMask) <= MostRestarts;
}
