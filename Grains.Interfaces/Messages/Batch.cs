namespace Orleans.Paxos;

/// <summary>Messages about several registers that are sent as one.</summary>
/// <typeparam name="T">A message.</typeparam>
/// <param name="Items">The messages, in any order; answers are in the order of their questions.</param>
[GenerateSerializer, Immutable, Alias("Orleans.Paxos.Batch`1")]
public sealed record Batch<T>(
    [property: Id(0)] ImmutableArray<T> Items);
