namespace Orleans.Paxos.Verification.Linearizability;

/// <summary>One page of names that a client asked for, and what it was shown.</summary>
/// <param name="Client">The client.</param>
/// <param name="Prefix">What the names start with.</param>
/// <param name="After">The name that they order after.</param>
/// <param name="Limit">The most names.</param>
/// <param name="Invoked">When it was called, on the scale of <see cref="Operation.Invoked"/>.</param>
/// <param name="Returned">When it returned.</param>
/// <param name="Names">The names.</param>
/// <param name="More">Whether it was told that more follow.</param>
internal sealed record Listing(int Client, string Prefix, string After, int Limit, long Invoked, long Returned, ImmutableArray<string> Names, bool More)
{
    /// <summary>Who asked for what and when: a noun.</summary>
    public string Name() => $"client {Client}'s list of '{Prefix}' after '{After}' ({Invoked} to {Returned})";
}
