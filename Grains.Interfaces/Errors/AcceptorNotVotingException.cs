namespace Orleans.Paxos;

/// <summary>An acceptor does not vote: it answered nothing. A majority of the others is enough.</summary>
[GenerateSerializer, Alias("Orleans.Paxos.AcceptorNotVotingException")]
public sealed class AcceptorNotVotingException : Exception
{
    /// <summary>Makes the exception.</summary>
    /// <param name="acceptor">The acceptor's name.</param>
    /// <param name="standing">Why it does not vote.</param>
    /// <param name="detail">What happened and what to do.</param>
    public AcceptorNotVotingException(string acceptor, AcceptorStanding standing, string detail)
        : base($"Acceptor '{acceptor}' does not vote ({standing}). {detail}")
    {
        Acceptor = acceptor;
        Standing = standing;
    }

    /// <summary>The acceptor's name.</summary>
    [Id(0)]
    public string Acceptor { get; private set; }

    /// <summary>Why it does not vote.</summary>
    [Id(1)]
    public AcceptorStanding Standing { get; private set; }
}
