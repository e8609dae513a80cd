namespace Orleans.Paxos;

/// <summary>
/// Configures consensus on one silo: the options, which are the same on every silo, and the storage of this silo's acceptor.
/// </summary>
public sealed class PaxosSiloBuilder : PaxosOptions
{
    internal PaxosSiloBuilder(ISiloBuilder silo) => Silo = silo;

    /// <summary>The silo.</summary>
    public ISiloBuilder Silo { get; }

    /// <summary>Stores records in an SQLite database in a directory of this machine.</summary>
    /// <param name="directory">The directory, which belongs to this acceptor alone. It is created if it is missing.</param>
    /// <returns>The same builder.</returns>
    public PaxosSiloBuilder UseSqliteStorage(string directory)
    {
        Silo.AddSqliteGrainStorage(PaxosStorage.ProviderName, storage => storage.Directory = directory);
        return this;
    }
}
