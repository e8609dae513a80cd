namespace Orleans.Paxos;

/// <summary>No majority of acceptors answered in time. The call wrote nothing and will write nothing. It can be repeated.</summary>
[GenerateSerializer, Alias("Orleans.Paxos.QuorumUnavailableException")]
public sealed class QuorumUnavailableException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="answered">The acceptors that answered.</param>
    /// <param name="needed">How many make a majority.</param>
    public QuorumUnavailableException(ImmutableArray<string> answered, int needed)
        : base($"No majority of acceptors answered: {needed} are needed, {Describe(answered)}. Nothing was written; try again when more of them run.")
    {
        Answered = answered;
        Needed = needed;
    }

    /// <summary>Creates the exception for a call that reached no proposer.</summary>
    /// <param name="reason">A sentence that states the reason.</param>
    /// <param name="innerException">The last failure; null when there was none.</param>
    public QuorumUnavailableException(string reason, Exception? innerException)
        : base($"{reason} Nothing was written; try again when more of the cluster runs.", innerException)
    {
        Answered = [];
    }

    /// <summary>The acceptors that answered.</summary>
    [Id(0)]
    public ImmutableArray<string> Answered { get; private set; }

    /// <summary>How many acceptors make a majority; 0 when the call reached no proposer that knows.</summary>
    [Id(1)]
    public int Needed { get; private set; }

    private static string Describe(ImmutableArray<string> answered) =>
        answered.IsEmpty ? "none answered" : $"{answered.Length} answered ({string.Join(", ", answered)})";
}
