namespace Orleans.Paxos;

/// <summary>What every silo of this host gets, under both runtimes.</summary>
internal static class SiloSetup
{
    /// <summary>Adds the acceptor of the silo's name and its storage.</summary>
    /// <param name="silo">The silo.</param>
    /// <param name="name">Its name.</param>
    /// <param name="settings">The host's settings.</param>
    public static void Add(ISiloBuilder silo, string name, SiloSettings settings) => silo.AddPaxos(paxos =>
    {
        settings.Paxos.CopyTo(paxos);
        paxos.UseSqliteStorage(settings.DirectoryOf(name));
    });
}
