using Orleans.Paxos.Protocol;

namespace Orleans.Paxos;

/// <summary>Options of the consensus. Give every silo of a cluster the same values.</summary>
public class PaxosOptions
{
    // Upper bounds: an entry without its value but with a guard, a session and a reference to a chunk, an item of the window, and the fixed part of a record.
    private const int BytesOfAnEntry = 128 + RegisterName.MaxBytes + 32;
    private const int BytesOfAWindowItem = 32;
    private const int BytesOfTheRest = 1024;

    /// <summary>Gets or sets the acceptors, each by the name of the silo that runs it.</summary>
    /// <value>1 to <see cref="AcceptorSet.MaxAcceptors"/> names. The default is an empty list, which is refused at the silo's start.</value>
    public List<string> Acceptors { get; set; } = [];

    /// <summary>Gets or sets the epoch of the acceptor set.</summary>
    /// <value>The default value is 1.</value>
    public long Epoch { get; set; } = 1;

    /// <summary>Gets or sets the size limit of a value, in bytes.</summary>
    /// <value>1 to 4,194,304. The default value is 262,144.</value>
    public int MaxValueBytes { get; set; } = 256 * 1024;

    /// <summary>Gets or sets how many of a register's newest entries are kept.</summary>
    /// <value>1 to 512. The default value is 16.</value>
    public int HistoryEntries { get; set; } = 16;

    /// <summary>Gets or sets how many bytes of values a register's history keeps. The newest entry is kept whatever its size.</summary>
    /// <value>0 to 67,108,864. The default value is 524,288.</value>
    public int HistoryBytes { get; set; } = 512 * 1024;

    /// <summary>
    /// Gets or sets how many bytes of replaced entries stay in an acceptor's record before they are written to a separate record.
    /// Raise it for storage that bills each operation, lower it for storage that bills each byte. It has no effect on SQLite, which
    /// keeps the history in a table.
    /// </summary>
    /// <value>0 to 67,108,864. The default value is 4,096.</value>
    public int ReplacedBytesInRecord { get; set; } = 4096;

    /// <summary>Gets or sets how many bytes of its records an acceptor keeps in memory.</summary>
    /// <value>The default value is 67,108,864.</value>
    public long AcceptorMemoryBytes { get; set; } = 64 * 1024 * 1024;

    /// <summary>Gets or sets how long one phase waits for an acceptor's answer.</summary>
    /// <value>Up to 10 minutes. The default value is 1 second.</value>
    public TimeSpan AcceptorTimeout { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Gets or sets how long a proposal or a read is tried before it ends as unavailable or unknown.</summary>
    /// <value>Up to 10 minutes. The default value is 3 seconds.</value>
    public TimeSpan ProposalTimeout { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>Gets or sets how often a watched register is read for versions that the learner was not told about.</summary>
    /// <value>Up to 10 minutes. The default value is 500 milliseconds.</value>
    public TimeSpan WatchRefresh { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>
    /// Gets or sets how long after its deletion a register is forgotten, by the clock of whoever deleted it. The outcome of a call that is
    /// repeated after a register was forgotten is unknown.
    /// </summary>
    /// <value>1 second to 3,650 days. The default value is 1 hour.</value>
    public TimeSpan ForgetAfter { get; set; } = TimeSpan.FromHours(1);

    /// <summary>The number of buckets of names for which an acceptor keeps a watermark. It is part of what is stored: only a simulation changes it.</summary>
    internal int NameBuckets { get; set; } = 65_536;

    internal HistoryLimits HistoryLimits => new(HistoryEntries, HistoryBytes);

    /// <summary>Computes how large an acceptor's record can get with these options, for storage that limits its records.</summary>
    /// <returns>
    /// The size limit of a record, in bytes. The entries of a record are within the history, or it holds only the newest one.
    /// </returns>
    public long LargestRecordBytes() =>
        Math.Max(HistoryBytes, MaxValueBytes) + ((long)HistoryEntries * BytesOfAnEntry) + ((long)ChangeRules.MaxWindow * BytesOfAWindowItem) + BytesOfTheRest;

    /// <summary>Copies every option.</summary>
    /// <param name="other">The options to copy to.</param>
    public void CopyTo(PaxosOptions other)
    {
        foreach (var option in typeof(PaxosOptions).GetProperties())
            option.SetValue(other, option.GetValue(this));
    }
}
