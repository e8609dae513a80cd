using System.Collections.Concurrent;
using Orleans.GrainDirectory;
using Orleans.Local;
using Orleans.Placement;
using Orleans.Runtime.Hosting;
using Orleans.Runtime.Placement;

namespace Orleans.Paxos.Tests.Local;

/// <summary>Placed on the silo that its key names.</summary>
public interface INamedSiloGrain : IWhereGrain;

/// <summary>Known to a directory of the test's own.</summary>
public interface IListedGrain : IWhereGrain;

[NamedSilo]
public sealed class NamedSiloGrain(ILocalSiloDetails silo) : WhereGrainBase(silo), INamedSiloGrain;

[GrainDirectory(RecordingDirectory.Name), PreferLocalPlacement]
public sealed class ListedGrain(ILocalSiloDetails silo) : WhereGrainBase(silo), IListedGrain;

public sealed class NamedSiloPlacement : PlacementStrategy;

[AttributeUsage(AttributeTargets.Class)]
public sealed class NamedSiloAttribute() : PlacementAttribute(new NamedSiloPlacement());

public sealed class NamedSiloDirector(ISiloStatusOracle silos) : IPlacementDirector
{
    public Task<SiloAddress> OnAddActivation(PlacementStrategy strategy, PlacementTarget target, IPlacementContext context)
    {
        var wanted = target.GrainIdentity.Key.ToString();
        foreach (var address in context.GetCompatibleSilos(target))
        {
            if (silos.TryGetSiloName(address, out var name) && name == wanted)
                return Task.FromResult(address);
        }

        throw new InvalidOperationException($"No silo {wanted}.");
    }
}

/// <summary>A directory that all silos share, and that the test can read and write.</summary>
internal sealed class RecordingDirectory : IGrainDirectory
{
    public const string Name = "recording";

    public ConcurrentDictionary<GrainId, GrainAddress> Known { get; } = new();

    public ConcurrentQueue<SiloAddress> Dead { get; } = new();

    /// <summary>Lets one lookup find nothing although something is registered, as a lookup that came too early does.</summary>
    public bool LookupsFindNothing { get; set; }

    public Task<GrainAddress?> Register(GrainAddress address) => Task.FromResult<GrainAddress?>(Known.GetOrAdd(address.GrainId, address));

    public Task<GrainAddress?> Lookup(GrainId grainId) => Task.FromResult(LookupsFindNothing ? null : Known.GetValueOrDefault(grainId));

    public Task Unregister(GrainAddress address)
    {
        Known.TryRemove(new KeyValuePair<GrainId, GrainAddress>(address.GrainId, address));
        Signals.Set($"{address.ActivationId} unregistered");
        return Task.CompletedTask;
    }

    public Task UnregisterSilos(List<SiloAddress> siloAddresses)
    {
        siloAddresses.ForEach(Dead.Enqueue);
        return Task.CompletedTask;
    }
}

internal static class PinnedGrains
{
    public static void Add(LocalClusterBuilder builder) =>
        builder.ConfigureSilo((_, silo) => silo.Services.AddPlacementDirector<NamedSiloPlacement, NamedSiloDirector>());

    public static Action<LocalClusterBuilder> With(RecordingDirectory directory) => builder =>
        builder.ConfigureSilo((_, silo) => silo.AddGrainDirectory(RecordingDirectory.Name, (_, _) => directory));
}
