using Orleans.Runtime;

namespace Orleans.Local;

/// <summary>One instance of a grain class at work: which requests wait and run, from its first request to its end (Activation.Life.cs).</summary>
internal sealed partial class Activation : IGrainContext, IActivationLifetime
{
    private readonly Lock _lock = new();
    private readonly ActivationScheduler _scheduler;
    private Queue<Call>? _waiting;
    private State _state;
    private int _running;

    // Of those that run: all but the always interleaved ones keep others out, and read-only ones do not keep out each other.
    private int _blocking;
    private int _blockingReadOnly;

    /// <param name="silo">Where it is.</param>
    /// <param name="grainClass">The class of its grain.</param>
    /// <param name="grainId">Its grain.</param>
    /// <param name="whenEnded">Makes it unknown to those who pass requests on; called before its end.</param>
    /// <param name="isInDirectory">Whether the grain's directory is told of it.</param>
    public Activation(LocalSilo silo, GrainClass grainClass, GrainId grainId, Action<Activation> whenEnded, bool isInDirectory = true)
    {
        Silo = silo;
        IsInDirectory = isInDirectory;
        Class = grainClass;
        Address = new GrainAddress { GrainId = grainId, SiloAddress = silo.Address, ActivationId = ActivationId.NewId() };
        _whenEnded = whenEnded;
        _scheduler = new ActivationScheduler(this, silo.Gate);
        _idleSince = silo.TimeProvider.GetTimestamp();
    }

    private enum State : byte
    {
        Created,
        Activating,
        Active,
        Deactivating,
        Ended,
    }

    public LocalSilo Silo { get; }

    public GrainClass Class { get; }

    public GrainAddress Address { get; }

    public bool IsInDirectory { get; }

    public GrainId GrainId => Address.GrainId;

    public ActivationId ActivationId => Address.ActivationId;

    public object? GrainInstance { get; private set; }

    public IServiceProvider ActivationServices => _scope?.ServiceProvider ?? Silo.Services;

    /// <summary>How many requests it has, running and waiting.</summary>
    public int Load
    {
        get
        {
            lock (_lock)
                return _running + (_waiting?.Count ?? 0);
        }
    }

    /// <summary>Takes a request.</summary>
    /// <returns>False when the activation has ended: then the grain's next activation is to take it.</returns>
    public bool TryReceive(Call call)
    {
        lock (_lock)
        {
            if (_state == State.Ended)
                return false;
            _wasUsed = true;
            if (_state == State.Active && MayStart(call))
            {
                CountRunning(call, 1);
            }
            else
            {
                (_waiting ??= new Queue<Call>()).Enqueue(call);
                if (_state == State.Created)
                    BeginActivating();
                return true;
            }
        }

        _scheduler.Add(call);
        return true;
    }

    /// <summary>Takes a request that is for this activation and no other.</summary>
    public void ReceiveOnly(Call call)
    {
        if (!TryReceive(call))
            call.Fail(new OrleansMessageRejectionException($"The activation {Address} that the call {call} was for has ended. It did not run."));
    }

    /// <summary>Starts a request; in a turn.</summary>
    public void Begin(Call call)
    {
        // Whoever asked has given up already: the answer would reach nobody.
        if (call.IsAnswered)
            End(call);
        else
            call.Begin(this);
    }

    /// <summary>Notes the end of a request and lets those that waited for it start; in a turn.</summary>
    public void End(Call call)
    {
        lock (_lock)
        {
            CountRunning(call, -1);
            StartWaiting();
            if (_state == State.Deactivating && _running == 0)
                _scheduler.Add(FinishDeactivating);
        }
    }

    public bool Equals(IGrainContext? other) => ReferenceEquals(this, other);

    public override string ToString() => Address.ToString();

    private void StartWaiting()
    {
        while (_state == State.Active && _waiting is { Count: > 0 } && MayStart(_waiting.Peek()))
        {
            var call = _waiting.Dequeue();
            CountRunning(call, 1);
            _scheduler.Add(call);
        }
    }

    private bool MayStart(Call call) =>
        _blocking == 0 || Class.IsReentrant || call.Method.IsAlwaysInterleaved
        || (call.Method.IsReadOnly && _blocking == _blockingReadOnly);

    private void CountRunning(Call call, int change)
    {
        _running += change;
        if (call.Method.IsAlwaysInterleaved)
            return;
        _blocking += change;
        if (call.Method.IsReadOnly)
            _blockingReadOnly += change;
    }
}
