using System.ComponentModel.DataAnnotations;

namespace Orleans.Paxos.Silo.Settings;

/// <summary>The section <c>Paxos</c> as configured, without the <see cref="PaxosOptions"/> in the same section.</summary>
internal sealed class ProcessOptions
{
    private const int LargestPort = 65_535;

    public string Data { get; set; } = "data";

    public string Storage { get; set; } = StorageKind.Sqlite.Name();

    public string? Url { get; set; }

    /// <summary>The number of acceptors in a process that holds all of them; null for three.</summary>
    [Range(1, Paxos.AcceptorSet.MaxAcceptors)]
    public int? Acceptors { get; set; }

    /// <summary>The acceptor that this process holds, of the first set or to be added to it; null when it holds all of the first set.</summary>
    public string? Silo { get; set; }

    /// <summary>The names of the first acceptors of a cluster, separated by commas.</summary>
    public string? AcceptorSet { get; set; }

    public string? Address { get; set; }

    [Range(1, LargestPort)]
    public int? SiloPort { get; set; }

    [Range(1, LargestPort)]
    public int? GatewayPort { get; set; }

    public string? Membership { get; set; }

    public string ClusterId { get; set; } = "paxos";

    public string ServiceId { get; set; } = "paxos";

    /// <summary>The folder whose files are settings. <see cref="Settings.SecretsDirectory"/> has already read it.</summary>
    public string? SecretsDirectory { get; set; }

    public HttpAccessOptions Http { get; set; } = new();

    public AzureOptions Azure { get; set; } = new();

    /// <summary>The names of the first acceptors. A process that holds all of them numbers them.</summary>
    public ImmutableArray<string> AcceptorNames => Silo is null
        ? [.. Enumerable.Range(1, Acceptors ?? 3).Select(number => $"a{number}")]
        : [.. (AcceptorSet ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)];

    /// <summary>The acceptors of this process, which also name its silos.</summary>
    public ImmutableArray<string> SiloNames => Silo is null ? AcceptorNames : [Silo];
}
