using Microsoft.Extensions.DependencyInjection;
using Orleans.Local;
using Orleans.Runtime;

namespace Orleans;

/// <summary>The base of grain classes.</summary>
public abstract class Grain : IGrainBase, IAddressable
{
    private TimeProvider? _timeProvider;

    /// <summary>Takes the activation that the runtime is about to start.</summary>
    protected Grain()
        : this(RuntimeContext.Current ?? throw new InvalidOperationException(
            "A grain was made outside the runtime. Get a reference from IGrainFactory, or pass an IGrainContext in a unit test."))
    {
    }

    /// <summary>Takes an activation.</summary>
    /// <param name="grainContext">The activation.</param>
    protected Grain(IGrainContext grainContext) => GrainContext = grainContext;

    /// <summary>The activation of this instance.</summary>
    public IGrainContext GrainContext { get; }

    /// <summary>The grain's id.</summary>
    public string IdentityString => GrainContext.GrainId.ToString();

    /// <summary>Makes references to grains.</summary>
    protected IGrainFactory GrainFactory => ServiceProvider.GetRequiredService<IGrainFactory>();

    /// <summary>The activation's services.</summary>
    protected internal IServiceProvider ServiceProvider => GrainContext.ActivationServices;

    /// <summary>Runs before the first request.</summary>
    /// <param name="cancellationToken">Cancelled when the activation is given up.</param>
    /// <returns>When the grain is ready. An exception fails the requests that wait.</returns>
    public virtual Task OnActivateAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Runs after the last request; not when the silo is killed.</summary>
    /// <param name="reason">Why.</param>
    /// <param name="cancellationToken">Cancelled when it takes too long.</param>
    /// <returns>When the grain is done.</returns>
    public virtual Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Ends the activation when the requests that run have ended.</summary>
    protected void DeactivateOnIdle() =>
        GrainContext.Deactivate(new DeactivationReason(DeactivationReasonCode.ApplicationRequested, "DeactivateOnIdle was called."));

    /// <summary>Keeps the activation, idle or not.</summary>
    /// <param name="timeSpan">For how long.</param>
    protected void DelayDeactivation(TimeSpan timeSpan)
    {
        _timeProvider ??= ServiceProvider.GetRequiredService<TimeProvider>();
        (GrainContext as IActivationLifetime)?.KeepUntil(_timeProvider.GetUtcNow() + timeSpan);
    }
}
