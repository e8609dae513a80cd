using Orleans.Runtime;

namespace Orleans.GrainDirectory;

/// <summary>Knows where grains are active.</summary>
public interface IGrainDirectory
{
    /// <summary>Notes an activation unless another is known.</summary>
    /// <param name="address">The activation.</param>
    /// <returns>The activation that is known now.</returns>
    Task<GrainAddress?> Register(GrainAddress address);

    /// <summary>Notes an activation unless another is known.</summary>
    /// <param name="address">The activation.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The activation that is known now.</returns>
    Task<GrainAddress?> Register(GrainAddress address, CancellationToken cancellationToken) =>
        Register(address).WaitAsync(cancellationToken);

    /// <summary>Notes an activation in the place of another.</summary>
    /// <param name="address">The activation.</param>
    /// <param name="previousAddress">The one it replaces.</param>
    /// <returns>The activation that is known now.</returns>
    async Task<GrainAddress?> Register(GrainAddress address, GrainAddress? previousAddress)
    {
        if (previousAddress is not null)
            await Unregister(previousAddress);
        return await Register(address);
    }

    /// <summary>Notes an activation in the place of another.</summary>
    /// <param name="address">The activation.</param>
    /// <param name="previousAddress">The one it replaces.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The activation that is known now.</returns>
    Task<GrainAddress?> Register(GrainAddress address, GrainAddress? previousAddress, CancellationToken cancellationToken) =>
        Register(address, previousAddress).WaitAsync(cancellationToken);

    /// <summary>Forgets an activation.</summary>
    /// <param name="address">The activation.</param>
    /// <returns>When it is forgotten.</returns>
    Task Unregister(GrainAddress address);

    /// <summary>Forgets an activation.</summary>
    /// <param name="address">The activation.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>When it is forgotten.</returns>
    Task Unregister(GrainAddress address, CancellationToken cancellationToken) => Unregister(address).WaitAsync(cancellationToken);

    /// <summary>Asks where a grain is active.</summary>
    /// <param name="grainId">The grain.</param>
    /// <returns>The activation; null when none is known, and then the grain is placed.</returns>
    Task<GrainAddress?> Lookup(GrainId grainId);

    /// <summary>Asks where a grain is active.</summary>
    /// <param name="grainId">The grain.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The activation; null when none is known, and then the grain is placed.</returns>
    Task<GrainAddress?> Lookup(GrainId grainId, CancellationToken cancellationToken) => Lookup(grainId).WaitAsync(cancellationToken);

    /// <summary>Forgets the activations of silos that are dead.</summary>
    /// <param name="siloAddresses">The silos.</param>
    /// <returns>When they are forgotten.</returns>
    Task UnregisterSilos(List<SiloAddress> siloAddresses);

    /// <summary>Forgets the activations of silos that are dead.</summary>
    /// <param name="siloAddresses">The silos.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>When they are forgotten.</returns>
    Task UnregisterSilos(List<SiloAddress> siloAddresses, CancellationToken cancellationToken) =>
        UnregisterSilos(siloAddresses).WaitAsync(cancellationToken);
}
