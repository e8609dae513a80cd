namespace Orleans.Paxos;

/// <summary>A change of the acceptor set was not begun, or not cancelled. Nothing was changed.</summary>
[GenerateSerializer, Alias("Orleans.Paxos.AcceptorChangeRefusedException")]
public sealed class AcceptorChangeRefusedException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="reason">What is wrong and what to do, in sentences.</param>
    public AcceptorChangeRefusedException(string reason)
        : base(reason)
    {
    }
}
