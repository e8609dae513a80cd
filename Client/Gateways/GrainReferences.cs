using System.Runtime.CompilerServices;

namespace Orleans.Paxos.Client.Gateways;

/// <summary>
/// Caches the references of one grain factory. To create a reference, Orleans looks up the type of the grain interface by reflection,
/// which costs more than sending the call.
/// </summary>
internal sealed class GrainReferences
{
    private const int MostRegisters = 20_000;
    private const int MostProposers = 128;
    private const int MostLines = 1000;

    private static readonly ConditionalWeakTable<IGrainFactory, GrainReferences> ByFactory = [];

    private readonly LeastRecentlyUsed<IConfigRegisterGrain> _registers = new(MostRegisters);
    private readonly LeastRecentlyUsed<IProposerGrain> _proposers = new(MostProposers);
    private readonly LeastRecentlyUsed<ISessionKeeperGrain> _keepers = new(SessionShare.Count);
    private readonly LeastRecentlyUsed<IWaitingLineGrain> _lines = new(MostLines);
    private readonly IGrainFactory _factory;
    private readonly Lazy<IPrefixWatchGrain> _prefixWatch;

    private GrainReferences(IGrainFactory factory)
    {
        _factory = factory;
        _prefixWatch = new(() => factory.GetGrain<IPrefixWatchGrain>(ProposerKey.Any), LazyThreadSafetyMode.PublicationOnly);
    }

    /// <summary>The grain that follows prefixes.</summary>
    public IPrefixWatchGrain PrefixWatch => _prefixWatch.Value;

    /// <summary>Returns the cache of a factory.</summary>
    public static GrainReferences Of(IGrainFactory factory) => ByFactory.GetValue(factory, static each => new GrainReferences(each));

    /// <summary>Returns the grain of a register.</summary>
    public IConfigRegisterGrain Register(string name) => Get(_registers, name);

    /// <summary>Returns the proposer of a key.</summary>
    public IProposerGrain Proposer(string key) => Get(_proposers, key);

    /// <summary>Returns the keeper of a share of the sessions.</summary>
    public ISessionKeeperGrain Keeper(string key) => Get(_keepers, key);

    /// <summary>Returns the line of those who wait for a lock.</summary>
    public IWaitingLineGrain Line(string key) => Get(_lines, key);

    /// <summary>Returns the grain of the acceptor set, which is called too rarely to be kept.</summary>
    public IAcceptorSetGrain AcceptorSet() => _factory.GetGrain<IAcceptorSetGrain>(IAcceptorSetGrain.Key);

    private TGrain Get<TGrain>(LeastRecentlyUsed<TGrain> known, string key)
        where TGrain : class, IGrainWithStringKey
    {
        if (known.TryGet(key, out var grain))
            return grain;
        grain = _factory.GetGrain<TGrain>(key);
        return known.Update(key, _ => grain);
    }
}
