using Orleans.Runtime;

namespace Orleans.Local;

/// <summary>
/// One request and its answer. It leaves through a gateway (the caller's own silo, or the one a client talks to), runs in an activation,
/// and its answer goes back through the gates of both silos.
/// </summary>
internal abstract class Call(GrainProxy target, GrainMethod method, object?[] arguments) : IThreadPoolWorkItem
{
    private LocalSilo? _answeringSilo;

    public GrainProxy Target { get; } = target;

    public GrainMethod Method { get; } = method;

    /// <summary>The silo through which the request enters the cluster. Set when it is sent.</summary>
    public LocalSilo Gateway { get; private set; } = null!;

    /// <summary>The call's place among those that wait for an answer.</summary>
    public PendingCalls.Place Place { get; } = new();

    public abstract Task Task { get; }

    /// <summary>Whether the caller has its answer, or has stopped waiting for it.</summary>
    public bool IsAnswered => Task.IsCompleted;

    protected object?[] Arguments { get; } = arguments;

    public void Send()
    {
        var gateway = Target.Caller.GatewayFor(Target.GrainId);
        if (gateway is null)
        {
            Fail(new SiloUnavailableException($"No silo takes the call {this}: {Target.Caller.WhyNoGateway}. It did not run."));
            return;
        }

        Gateway = gateway;
        if (!gateway.Gate.TryHold(this))
            Route();
    }

    /// <summary>Takes the request to an activation; again, when the one it had reached has ended.</summary>
    public void Route()
    {
        if (Target.OnlyActivation is { } only)
            only.ReceiveOnly(this);
        else
            Gateway.Router.Route(this);
    }

    /// <summary>Runs the request; in a turn of the activation.</summary>
    public abstract void Begin(Activation activation);

    /// <summary>Answers with an exception from outside any activation.</summary>
    public void Fail(Exception exception)
    {
        SetFailure(exception);
        if (Gateway is null)
            SetAnswer();
        else
            Return(Gateway);
    }

    /// <summary>Answers at once, past the gates: the caller's own silo or client gives up.</summary>
    public abstract void Abandon(Exception exception);

    public override string ToString() => $"{Target.GrainId} {Method.Name}";

    void IThreadPoolWorkItem.Execute()
    {
        if (_answeringSilo is null)
            Route();
        else
            Return();
    }

    /// <summary>Sends the answer that is set.</summary>
    protected void Return(LocalSilo answeringSilo)
    {
        _answeringSilo = answeringSilo;
        Return();
    }

    protected abstract void SetFailure(Exception exception);

    /// <summary>Completes the caller's task with the answer that is set, unless it is completed.</summary>
    protected abstract void SetAnswer();

    private void Return()
    {
        if (!_answeringSilo!.Gate.TryHold(this) && !Gateway.Gate.TryHold(this))
            SetAnswer();
    }
}
