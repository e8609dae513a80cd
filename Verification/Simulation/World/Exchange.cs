using Orleans.Paxos.Verification.Simulation.Faults;

namespace Orleans.Paxos.Verification.Simulation.World;

/// <summary>A call in progress.</summary>
/// <param name="from">The caller's machine.</param>
/// <param name="to">The place that it calls.</param>
/// <param name="message">The message.</param>
/// <param name="duplication">The fault that may deliver the message or the answer twice.</param>
internal sealed class Exchange<TReply>(Machine from, string to, object message, FaultKind duplication)
{
    private readonly TaskCompletionSource<TReply> _answer = new();

    public Machine From => from;

    public string To => to;

    public object Message => message;

    public FaultKind Duplication => duplication;

    public Task<TReply> Answer => _answer.Task;

    public void Succeed(TReply reply) => _answer.TrySetResult(reply);

    /// <summary>Fails the call, whether or not anyone still waits for it.</summary>
    public void Fail(Exception failure)
    {
        _answer.TrySetException(failure);
        _ = _answer.Task.Exception;
    }
}
