using Orleans.Paxos.Protocol;

namespace Orleans.Paxos.Acceptors;

/// <summary>
/// A message that waits for its turn at a register. It is stepped, and then released once what it reveals is durable (I2).
/// </summary>
internal abstract class Message
{
    /// <summary>Whether the message is a read, whose answer must come from storage when others can write there.</summary>
    public abstract bool IsRead { get; }

    /// <summary>Computes the answer and the resulting record, but does not release the answer.</summary>
    public abstract AcceptorRecord Step(AcceptorRecord record);

    /// <summary>Releases the answer.</summary>
    public abstract void Release();

    /// <summary>Reports that there is no answer.</summary>
    public abstract void Fail(Exception exception);
}
