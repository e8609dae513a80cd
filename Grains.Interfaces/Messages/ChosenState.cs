namespace Orleans.Paxos;

/// <summary>A state that was chosen, and the ballot it was chosen under.</summary>
/// <param name="Ballot">The ballot; <see cref="Ballot.None"/> for a register of which nothing is known.</param>
/// <param name="State">The state.</param>
[GenerateSerializer, Immutable, Alias("Orleans.Paxos.ChosenState")]
public sealed record ChosenState(
    [property: Id(0)] Ballot Ballot,
    [property: Id(1)] RegisterState State)
{
    /// <summary>The chosen state of a register of which nothing is known.</summary>
    public static ChosenState Empty { get; } = new(Ballot.None, RegisterState.Empty);
}
