namespace Orleans.Runtime;

/// <summary>An activation, as its grain sees it.</summary>
public interface IGrainContext : IEquatable<IGrainContext>
{
    /// <summary>The activation's id.</summary>
    ActivationId ActivationId { get; }

    /// <summary>The activation's services: those of the silo, in a scope that ends with the activation.</summary>
    IServiceProvider ActivationServices { get; }

    /// <summary>Where the grain is active.</summary>
    GrainAddress Address { get; }

    /// <summary>Completes when the activation has ended.</summary>
    Task Deactivated { get; }

    /// <summary>The grain's id.</summary>
    GrainId GrainId { get; }

    /// <summary>The instance of the grain class; null until it is made.</summary>
    object? GrainInstance { get; }

    /// <summary>Ends the activation when the requests that run have ended.</summary>
    /// <param name="deactivationReason">Why.</param>
    /// <param name="cancellationToken">Hurries it.</param>
    void Deactivate(DeactivationReason deactivationReason, CancellationToken cancellationToken = default);
}
