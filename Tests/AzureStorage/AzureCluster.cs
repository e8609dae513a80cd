using Orleans.Paxos.Acceptors;
using Orleans.Paxos.Silo.Hosting;
using Orleans.Paxos.Tests.Cluster;

namespace Orleans.Paxos.Tests.AzureStorage;

/// <summary>Three silos, each with its own account.</summary>
internal sealed class AzureCluster : IAsyncDisposable
{
    private readonly OrleansCluster _silos;

    private AzureCluster(OrleansCluster silos) => _silos = silos;

    public IReadOnlyList<string> Silos => _silos.Silos;

    public IEnumerable<IGateway> Gateways => Silos.Select(silo => new SiloGateway(silo, _silos.GrainsOf(silo)));

    /// <summary>Starts a cluster.</summary>
    /// <param name="accounts">The accounts.</param>
    /// <param name="acceptorTimeout">How long an acceptor may take. Three emulators and their clients share one or two processors, where a burst
    /// of first writes takes them seconds.</param>
    /// <param name="forgetAfter">How long after its deletion a register is forgotten.</param>
    public static async Task<AzureCluster> StartAsync(StorageAccounts accounts, TimeSpan? acceptorTimeout = null, TimeSpan? forgetAfter = null)
    {
        var timeout = acceptorTimeout ?? TimeSpan.FromSeconds(5);
        var names = Enumerable.Range(0, accounts.All.Length).Select(number => $"Silo_{number}").ToList();
        var silos = await OrleansCluster.StartAsync(names.Count, (name, silo) =>
        {
            var account = accounts[names.IndexOf(name)];
            silo.AddPaxos(paxos =>
            {
                paxos.Acceptors = names;
                paxos.AcceptorTimeout = timeout;
                paxos.ProposalTimeout = timeout * 2.4;
                paxos.ForgetAfter = forgetAfter ?? paxos.ForgetAfter;
                paxos.UseAzureTableStorage(account.ConnectionString);
            });
        });
        var cluster = new AzureCluster(silos);
        await cluster.UntilAsync(standings => standings.All(standing => standing == AcceptorStanding.Voting));
        return cluster;
    }

    public IGrainFactory GrainsOf(string silo) => _silos.GrainsOf(silo);

    public async Task<ImmutableArray<AcceptorStatus>> StatusAsync() =>
        (await _silos.GrainsOf(Silos[0]).GetGrain<IProposerGrain>("any").StatusAsync()).Acceptors;

    /// <summary>Asks one acceptor alone which version of a register it holds; 0 for none.</summary>
    public async Task<long> VersionAtAsync(string acceptor, string register)
    {
        var alone = new RemoteAcceptor(GrainsOf(acceptor).GetGrain<IAcceptorGrain>(acceptor), TimeProvider.System);
        var request = new ReadRequest(new AcceptorSet(Silos, 1).Id, register, Ballot.None, WithState: true);
        return (await alone.ReadAsync(request)).State?.Version ?? 0;
    }

    /// <summary>Waits until the acceptors, in the order of their names, have the given standings.</summary>
    public async Task UntilAsync(Func<IReadOnlyList<AcceptorStanding>, bool> wanted)
    {
        for (var status = await StatusAsync(); !wanted([.. status.Select(acceptor => acceptor.Standing)]); status = await StatusAsync())
        {
            Assert.DoesNotContain(status, acceptor => acceptor.Standing is AcceptorStanding.StorageLost or AcceptorStanding.ForeignStorage);
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
        }
    }

    public ValueTask DisposeAsync() => _silos.DisposeAsync();
}
