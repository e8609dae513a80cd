namespace Orleans.Paxos;

/// <summary>Messages about several registers that travel as one.</summary>
/// <typeparam name="T">A message.</typeparam>
/// <param name="Items">The messages, in no order; answers are in the order of their questions.</param>
[GenerateSerializer, Immutable, Alias("Orleans.Paxos.Batch`1")]
public sealed record Batch<T>(
    [property: Id(0)] ImmutableArray<T> Items);
