using Orleans.Paxos.Protocol;

namespace Orleans.Paxos.Acceptors;

/// <summary>A message that waits for its turn at a register: stepped, then released once what it reveals is durable (I2).</summary>
internal abstract class Message
{
    /// <summary>Whether the answer must come from storage when others can write there.</summary>
    public abstract bool IsRead { get; }

    /// <summary>Computes the answer and the record after it; lets nothing out.</summary>
    public abstract AcceptorRecord Step(AcceptorRecord record);

    /// <summary>Lets the answer out.</summary>
    public abstract void Release();

    /// <summary>Lets out that there is no answer.</summary>
    public abstract void Fail(Exception exception);
}

/// <summary>A message with its answer.</summary>
/// <typeparam name="TReply">The answer's type.</typeparam>
internal sealed class Message<TReply>(bool isRead, Func<AcceptorRecord, (AcceptorRecord Record, TReply Reply)> step) : Message
{
    private readonly TaskCompletionSource<TReply> _released = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TReply? _reply;

    public Task<TReply> Released => _released.Task;

    public override bool IsRead => isRead;

    public override AcceptorRecord Step(AcceptorRecord record)
    {
        (record, _reply) = step(record);
        return record;
    }

    public override void Release() => _released.SetResult(_reply!);

    public override void Fail(Exception exception) => _released.SetException(exception);
}
