using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime;

namespace Orleans.Local;

/// <summary>How an activation begins and ends.</summary>
internal sealed partial class Activation
{
    private readonly Action<Activation> _whenEnded;
    private readonly TaskCompletionSource _deactivated = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _hurry = new();
    private AsyncServiceScope? _scope;
    private DeactivationReason _reason;
    private bool _deactivateWhenActive;
    private bool _isFinishing;

    // Where the grain's directory says that it is active, when that is not here.
    private SiloAddress? _elsewhere;

    private volatile bool _wasUsed;
    private long _idleSince;
    private long _keepUntilUtcTicks;

    public Task Deactivated => _deactivated.Task;

    private TimeSpan CollectionAge => Class.CollectionAge ?? Silo.Collection.CollectionAge;

    /// <summary>Ends the activation when its requests have ended, or at once when the token is cancelled.</summary>
    public void Deactivate(DeactivationReason deactivationReason, CancellationToken cancellationToken = default)
    {
        lock (_lock)
        {
            if (_state is State.Deactivating or State.Ended)
                return;
            _reason = deactivationReason;
            if (_state == State.Active)
                BeginDeactivating();
            else if (_state == State.Activating)
                _deactivateWhenActive = true;
            else
                BeginEndingUnused();
        }

        cancellationToken.UnsafeRegister(static activation => ((Activation)activation!).HurryDeactivation(), this);
    }

    /// <summary>Ends the activation although requests run.</summary>
    public void HurryDeactivation()
    {
        _ = _hurry.CancelAsync();
        _scheduler.Add(FinishDeactivating);
    }

    public void KeepUntil(DateTimeOffset time) => Volatile.Write(ref _keepUntilUtcTicks, time.UtcTicks);

    /// <summary>Ends the activation if it had no request for long; called now and then.</summary>
    public void DeactivateIfIdle()
    {
        if (_wasUsed || Load > 0)
        {
            _wasUsed = false;
            _idleSince = Silo.TimeProvider.GetTimestamp();
        }
        else if (Silo.TimeProvider.GetElapsedTime(_idleSince) >= CollectionAge
            && Silo.TimeProvider.GetUtcNow().UtcTicks >= Volatile.Read(ref _keepUntilUtcTicks))
        {
            Deactivate(new DeactivationReason(DeactivationReasonCode.ActivationIdle, $"No request came for {CollectionAge}."));
        }
    }

    private void BeginActivating()
    {
        _state = State.Activating;
        _scheduler.Add(() => _ = ActivateAsync());
    }

    private void BeginEndingUnused()
    {
        _state = State.Deactivating;
        _isFinishing = true;
        _scheduler.Add(() => EndLife(null));
    }

    private async Task ActivateAsync()
    {
        try
        {
            _scope = Silo.Services.CreateAsyncScope();
            GrainInstance = Class.CreateInstance(_scope.Value.ServiceProvider);
            if (await Silo.Router.RegisterAsync(this) is { } elsewhere)
            {
                _elsewhere = elsewhere;
                EndLife(null);
                return;
            }

            await ((IGrainBase)GrainInstance).OnActivateAsync(_hurry.Token);
        }
        catch (Exception exception)
        {
            LogActivationFailed(Silo.Logger, this, exception);
            await Silo.Router.UnregisterAsync(this);
            EndLife(Failures.Admit(exception));
            return;
        }

        lock (_lock)
        {
            _state = State.Active;
            if (_deactivateWhenActive)
                BeginDeactivating();
            else
                StartWaiting();
        }
    }

    private void BeginDeactivating()
    {
        _state = State.Deactivating;
        if (_running == 0)
            _scheduler.Add(FinishDeactivating);
    }

    private void FinishDeactivating()
    {
        lock (_lock)
        {
            if (_isFinishing || _state != State.Deactivating)
                return;
            _isFinishing = true;
        }

        _ = DeactivateAsync((IGrainBase)GrainInstance!);
    }

    private async Task DeactivateAsync(IGrainBase grain)
    {
        try
        {
            await grain.OnDeactivateAsync(_reason, _hurry.Token);
        }
        catch (Exception exception)
        {
            LogDeactivationFailed(Silo.Logger, this, exception);
        }

        await Silo.Router.UnregisterAsync(this);
        EndLife(null);
    }

    // Requests that wait fail with the activation's failure, or go on to the grain's next activation.
    private void EndLife(Exception? failure)
    {
        // First, so that no request that is passed on comes back here.
        _whenEnded(this);
        Queue<Call>? waiting;
        lock (_lock)
        {
            _state = State.Ended;
            waiting = _waiting;
            _waiting = null;
        }

        _deactivated.TrySetResult();
        while (waiting is not null && waiting.TryDequeue(out var call))
        {
            if (_elsewhere is not null)
                call.Gateway.Router.Locate(GrainId, _elsewhere);
            if (failure is null)
                call.Route();
            else
                call.Fail(failure);
        }

        _ = DisposeAsync();
    }

    private async Task DisposeAsync()
    {
        try
        {
            if (GrainInstance is IAsyncDisposable asyncDisposable)
                await asyncDisposable.DisposeAsync();
            else if (GrainInstance is IDisposable disposable)
                disposable.Dispose();
            if (_scope is { } scope)
                await scope.DisposeAsync();
        }
        catch (Exception exception)
        {
            LogDeactivationFailed(Silo.Logger, this, exception);
        }
    }
}
