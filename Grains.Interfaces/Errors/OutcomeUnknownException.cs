namespace Orleans.Paxos;

/// <summary>
/// A change may or may not have happened, or may still happen. It is safe to send a change of a register again with the same request id and floor: it
/// is applied at most once. A change of the acceptor set has no request id: its status tells.
/// </summary>
[GenerateSerializer, Alias("Orleans.Paxos.OutcomeUnknownException")]
public sealed class OutcomeUnknownException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="requestId">The request whose outcome is unknown.</param>
    /// <param name="floor">The request's floor (<see cref="ChangeRequest.Floor"/>).</param>
    /// <param name="reason">A sentence that says why it is unknown.</param>
    /// <param name="innerException">The failure behind it, if there is one.</param>
    public OutcomeUnknownException(Guid requestId, long floor, string reason, Exception? innerException = null)
        : base($"{reason} The change may or may not have happened, or may still happen. Read the register, or send the change again with request id {requestId} and floor {floor}: it is applied at most once.", innerException)
    {
        RequestId = requestId;
        Floor = floor;
    }

    /// <summary>Creates the exception of a change that has no request id.</summary>
    /// <param name="message">Why it is unknown and how to find out, in sentences.</param>
    /// <param name="innerException">The failure behind it; null if there is none.</param>
    public OutcomeUnknownException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }

    /// <summary>The request whose outcome is unknown; empty for a change of the acceptor set.</summary>
    [Id(0)]
    public Guid RequestId { get; private set; }

    /// <summary>The request's floor: a version chosen before it was first sent.</summary>
    [Id(1)]
    public long Floor { get; private set; }
}
