namespace Orleans.Paxos;

/// <summary>Consensus on one silo: the options, which are the same on every silo, and where this silo's acceptor stores.</summary>
public sealed class PaxosSiloBuilder : PaxosOptions
{
    internal PaxosSiloBuilder(ISiloBuilder silo) => Silo = silo;

    /// <summary>The silo.</summary>
    public ISiloBuilder Silo { get; }

    /// <summary>Stores in an SQLite database in a directory of this machine.</summary>
    /// <param name="directory">The directory, of this acceptor alone; made when it is missing.</param>
    /// <returns>The same builder.</returns>
    public PaxosSiloBuilder UseSqliteStorage(string directory)
    {
        Silo.AddSqliteGrainStorage(PaxosStorage.ProviderName, storage => storage.Directory = directory);
        return this;
    }
}
