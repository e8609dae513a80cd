namespace Orleans.Paxos.Tests.Cluster;

/// <summary>A cluster of silos in this process, the same for both runtimes.</summary>
internal interface IClusterHarness : IAsyncDisposable
{
    /// <summary>The silos' names, which are the acceptors' names.</summary>
    IReadOnlyList<string> Silos { get; }

    /// <summary>Calls grains from within a silo.</summary>
    IGrainFactory GrainsOf(string silo);

    /// <summary>Ends a silo without letting its grains say goodbye.</summary>
    Task KillAsync(string silo);

    /// <summary>Starts a silo that was killed, on the storage it had.</summary>
    Task StartAsync(string silo);
}
