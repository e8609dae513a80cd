using Orleans.Paxos.Protocol;

namespace Orleans.Paxos;

/// <summary>How the consensus runs. Every silo of a cluster takes the same values.</summary>
public class PaxosOptions
{
    // An entry beside its value and a chunk's reference, an item of the window, all that there is once: each generously.
    private const int BytesOfAnEntry = 128;
    private const int BytesOfAWindowItem = 32;
    private const int BytesOfTheRest = 1024;

    /// <summary>The acceptors, each the name of the silo it is pinned to; 1 to <see cref="AcceptorSet.MaxAcceptors"/>.</summary>
    public List<string> Acceptors { get; set; } = [];

    /// <summary>The acceptor set's epoch; 1 by default.</summary>
    public long Epoch { get; set; } = 1;

    /// <summary>The largest value, in bytes; 262,144 by default, 1 to 4,194,304.</summary>
    public int MaxValueBytes { get; set; } = 256 * 1024;

    /// <summary>How many of a register's newest entries are kept; 16 by default, 1 to 512.</summary>
    public int HistoryEntries { get; set; } = 16;

    /// <summary>How many bytes of values a register's history keeps; 524,288 by default. The newest entry is kept whatever its size.</summary>
    public int HistoryBytes { get; set; } = 512 * 1024;

    /// <summary>
    /// How many bytes of replaced entries stay in an acceptor's record before they are written apart; 4,096 by default.
    /// A storage that bills each operation wants more, one that bills each byte less. Without effect on SQLite, which has a log.
    /// </summary>
    public int ReplacedBytesInRecord { get; set; } = 4096;

    /// <summary>How much of its records an acceptor keeps in memory, in bytes; 67,108,864 by default.</summary>
    public long AcceptorMemoryBytes { get; set; } = 64 * 1024 * 1024;

    /// <summary>How long one phase waits for an acceptor; 1 s by default.</summary>
    public TimeSpan AcceptorTimeout { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How long a proposal or a read tries before it ends as unavailable or unknown; 3 s by default.</summary>
    public TimeSpan ProposalTimeout { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>How often a register that is watched looks for versions that reached it no other way; 500 ms by default.</summary>
    public TimeSpan WatchRefresh { get; set; } = TimeSpan.FromMilliseconds(500);

    internal HistoryLimits HistoryLimits => new(HistoryEntries, HistoryBytes);

    /// <summary>Tells storage that limits its records how large an acceptor's get under these options.</summary>
    /// <returns>The most bytes of a record: its entries are within the history, or it has the newest one alone.</returns>
    public long LargestRecordBytes() =>
        Math.Max(HistoryBytes, MaxValueBytes) + ((long)HistoryEntries * BytesOfAnEntry) + ((long)ChangeRules.MaxWindow * BytesOfAWindowItem) + BytesOfTheRest;

    /// <summary>Copies every option.</summary>
    /// <param name="other">Where to.</param>
    public void CopyTo(PaxosOptions other)
    {
        foreach (var option in typeof(PaxosOptions).GetProperties())
            option.SetValue(other, option.GetValue(this));
    }
}
