using System.ComponentModel.DataAnnotations;

namespace Orleans.Paxos.Silo.Settings;

/// <summary>The section <c>Paxos:Http</c> as configured.</summary>
internal sealed class HttpAccessOptions
{
    /// <summary>The keys that allow reads and writes, by their position in the list.</summary>
    public Dictionary<string, string> ReadWriteKeys { get; set; } = [];

    /// <summary>The keys that allow only reads, by their position in the list.</summary>
    public Dictionary<string, string> ReadKeys { get; set; } = [];

    /// <summary>The origins whose web pages may use the interface, by their place in the list.</summary>
    public Dictionary<string, string> AllowedOrigins { get; set; } = [];

    /// <summary>How many connections there may be at once.</summary>
    [Range(1, 1_000_000)]
    public int MaxConnections { get; set; } = 10_000;

    /// <summary>The memory that answers under way may take together, in bytes: an eighth of what .NET may use, if not set.</summary>
    [Range(typeof(long), "1048576", "1099511627776")]
    public long AnswerMemoryBytes { get; set; } = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 8;
}
