using System.ComponentModel.DataAnnotations;

namespace Orleans.Paxos.Silo.Settings;

/// <summary>The section <c>Paxos:Http</c> as configured.</summary>
internal sealed class HttpAccessOptions
{
    /// <summary>The keys that allow reads and writes, by their position in the list.</summary>
    public Dictionary<string, string> ReadWriteKeys { get; set; } = [];

    /// <summary>The keys that allow only reads, by their position in the list.</summary>
    public Dictionary<string, string> ReadKeys { get; set; } = [];

    /// <summary>The maximum number of concurrent connections.</summary>
    [Range(1, 1_000_000)]
    public int MaxConnections { get; set; } = 10_000;
}
