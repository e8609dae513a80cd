using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime;

namespace Orleans.Local;

/// <summary>How a silo starts, stops and dies.</summary>
internal sealed partial class LocalSilo
{
    // As Orleans does: so long may requests go on after their activation is to end, and so long may OnDeactivateAsync take.
    private static readonly TimeSpan DeactivationPatience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan HurriedPatience = TimeSpan.FromSeconds(2);

    private readonly SiloLifecycle _lifecycle = new();
    private ITimer? _idleCheck;

    public async Task StartAsync()
    {
        _membership.Set(this, SiloStatus.Joining);
        try
        {
            foreach (var participant in Services.GetServices<ILifecycleParticipant<ISiloLifecycle>>())
                participant.Participate(_lifecycle);
            await _lifecycle.StartThroughAsync(ServiceLifecycleStage.BecomeActive - 1);
            _membership.Set(this, SiloStatus.Active);
            await _lifecycle.StartThroughAsync(ServiceLifecycleStage.Last);
            await _host.StartAsync();
            _idleCheck = TimeProvider.CreateTimer(_ => EndIdleActivations(), null, Collection.CollectionQuantum, Collection.CollectionQuantum);
        }
        catch
        {
            await StopAsync(new CancellationToken(canceled: true));
            throw;
        }
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        _isStopping = true;
        _membership.Set(this, SiloStatus.ShuttingDown);
        await StopHostedServicesAsync(cancellationToken);
        LogLifecycleFailures(await _lifecycle.StopDownToAsync(ServiceLifecycleStage.GrainDeactivation + 1, cancellationToken));
        await DeactivateAllAsync(cancellationToken);
        LogLifecycleFailures(await _lifecycle.StopDownToAsync(ServiceLifecycleStage.First, cancellationToken));
        await KillAsync();
    }

    /// <summary>Lets nothing of the silo run any more, and releases what its services hold.</summary>
    public async Task KillAsync()
    {
        _isStopping = true;
        Gate.Close();
        _membership.Set(this, SiloStatus.Dead);
        foreach (var activation in _hosted.Keys)
            _clusterDirectory.Remove(activation);
        _idleCheck?.Dispose();
        _pending.Dispose();

        // Nobody is left to wait in a killed process. Here background loops may be, and are to end.
        _pending.GiveUpAll(call => new SiloUnavailableException($"The caller's silo '{Name}' has stopped or was killed during the call {call}."));
        await _services.DisposeAsync();
    }

    private async Task StopHostedServicesAsync(CancellationToken cancellationToken)
    {
        try
        {
            await _host.StopAsync(cancellationToken);
        }
        catch (Exception exception)
        {
            LogLifecycleFailed(Logger, Name, exception);
        }
    }

    private async Task DeactivateAllAsync(CancellationToken cancellationToken)
    {
        var activations = Activations().ToList();
        foreach (var activation in activations)
            activation.Deactivate(new DeactivationReason(DeactivationReasonCode.ShuttingDown, $"The silo '{Name}' stops."));
        if (await AllEndedAsync(activations, DeactivationPatience, cancellationToken))
            return;
        foreach (var activation in activations)
            activation.HurryDeactivation();
        if (!await AllEndedAsync(activations, HurriedPatience, CancellationToken.None))
            LogActivationsLeft(Logger, Name, activations.Count(activation => !activation.Deactivated.IsCompleted));
    }

    private static async Task<bool> AllEndedAsync(List<Activation> activations, TimeSpan patience, CancellationToken cancellationToken)
    {
        var all = Task.WhenAll(activations.Select(activation => activation.Deactivated));

        // The cluster's clock may be one that stands still.
        await all.WaitAsync(patience, TimeProvider.System, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return all.IsCompleted;
    }

    private void EndIdleActivations()
    {
        if (!Gate.IsOpen)
            return;
        foreach (var activation in Activations())
            activation.DeactivateIfIdle();
    }

    private void LogLifecycleFailures(IReadOnlyList<Exception> failures)
    {
        foreach (var failure in failures)
            LogLifecycleFailed(Logger, Name, failure);
    }
}
