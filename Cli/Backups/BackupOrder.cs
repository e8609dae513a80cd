using System.Text;

namespace Orleans.Paxos.Cli.Backups;

/// <summary>The order of the registers in a backup: reserved names first, and then by the bytes of the names in UTF-8, as registers are listed.</summary>
internal sealed class BackupOrder : IComparer<string>
{
    public static BackupOrder Instance { get; } = new();

    /// <summary>The prefixes to list one after the other for all names below a prefix. The empty prefix does not list reserved names.</summary>
    public static ImmutableArray<string> Sections(string prefix) => prefix.Length == 0 ? [ReservedNames.Locks, ""] : [prefix];

    public int Compare(string? x, string? y)
    {
        var reserved = IsReserved(y!).CompareTo(IsReserved(x!));
        return reserved != 0 ? reserved : Encoding.UTF8.GetBytes(x!).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(y!));
    }

    private static bool IsReserved(string name) => name.StartsWith(ReservedNames.Mark);
}
