using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Orleans.GrainDirectory;
using Orleans.Runtime;

namespace Orleans.Local;

/// <summary>Takes requests from one silo to activations, which it lets be created where there are none.</summary>
internal sealed class Router(LocalSilo silo, Membership membership, ClusterDirectory clusterDirectory)
{
    private readonly PlacementContext _placement = new(silo, membership);

    // Where grains with a directory of the application's own were found. A silo that is gone is not asked again.
    private readonly ConcurrentDictionary<GrainId, SiloAddress> _located = new();

    /// <summary>Passes a request on; one that cannot be is answered with the reason.</summary>
    public void Route(Call call)
    {
        var grain = call.Target;
        if (TryRouteToKnown(call, grain))
            return;
        _ = PlaceAsync(call, grain);
    }

    /// <summary>Notes where a grain with a directory of the application's own was found to be.</summary>
    public void Locate(GrainId grainId, SiloAddress address) => _located[grainId] = address;

    /// <summary>Tells the directory of the application's own, if the grain has one, of an activation that begins.</summary>
    /// <returns>The silo where the grain is active already; null when it is nowhere else.</returns>
    public async Task<SiloAddress?> RegisterAsync(Activation activation)
    {
        if (DirectoryOf(activation) is not { } directory)
            return null;
        var known = await directory.Register(activation.Address, null, CancellationToken.None);
        return known is null || known.ActivationId == activation.ActivationId ? null : known.SiloAddress;
    }

    /// <summary>Tells the directory of the application's own, if the grain has one, of an activation that ends.</summary>
    public async Task UnregisterAsync(Activation activation)
    {
        try
        {
            if (DirectoryOf(activation) is { } directory)
                await directory.Unregister(activation.Address, CancellationToken.None);
        }
        catch (Exception exception)
        {
            silo.LogDirectoryFailed(activation.GrainId, exception);
        }
    }

    private bool TryRouteToKnown(Call call, GrainProxy grain)
    {
        if (grain.Class.MaxLocalWorkers is not null)
            return silo.TryReceiveByWorker(call);
        if (grain.Class.DirectoryName is null)
            return clusterDirectory.Find(grain.GrainId) is { } activation && activation.TryReceive(call);
        return _located.TryGetValue(grain.GrainId, out var address)
            && membership.FindActive(address) is { } located && located.TryReceive(call);
    }

    private async Task PlaceAsync(Call call, GrainProxy grain)
    {
        try
        {
            // A silo may stop, or an activation end, between being chosen and being asked.
            while (!TryRouteToKnown(call, grain))
            {
                if (grain.Class.MaxLocalWorkers is not null)
                    throw new SiloUnavailableException($"The silo '{silo.Name}' stops and takes no more calls of stateless workers. The call {call} did not run.");
                if (grain.Class.DirectoryName is { } directoryName)
                    Locate(grain.GrainId, await FindOrPlaceAsync(grain, directoryName).ConfigureAwait(false));
                else
                    clusterDirectory.Add(await _placement.ChooseAsync(grain).ConfigureAwait(false), grain);
            }
        }
        catch (Exception exception)
        {
            call.Fail(exception);
        }
    }

    private async ValueTask<SiloAddress> FindOrPlaceAsync(GrainProxy grain, string directoryName)
    {
        var directory = Directory(directoryName);
        var known = await directory.Lookup(grain.GrainId, CancellationToken.None).ConfigureAwait(false);
        if (known?.SiloAddress is { } address)
        {
            if (membership.FindActive(address) is not null)
                return address;
            await directory.Unregister(known, CancellationToken.None).ConfigureAwait(false);
        }

        return (await _placement.ChooseAsync(grain).ConfigureAwait(false)).Address;
    }

    private IGrainDirectory? DirectoryOf(Activation activation) =>
        activation.IsInDirectory && activation.Class.DirectoryName is { } name ? Directory(name) : null;

    private IGrainDirectory Directory(string name) => silo.Services.GetKeyedService<IGrainDirectory>(name)
        ?? throw new OrleansException($"There is no grain directory '{name}'. Register it with AddGrainDirectory on every silo.");
}
