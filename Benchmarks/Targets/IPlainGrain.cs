namespace Orleans.Paxos.Benchmarks.Targets;

/// <summary>An ordinary persistent grain: one activation, one copy in storage, no replication.</summary>
[Alias("Orleans.Paxos.Benchmarks.IPlainGrain")]
public interface IPlainGrain : IGrainWithStringKey
{
    /// <summary>Writes the value to storage.</summary>
    /// <param name="value">The value. Like the values of registers, it is not copied in transit.</param>
    /// <returns>A task that completes when the value is durable.</returns>
    [Alias("Write")]
    Task WriteAsync([Immutable] byte[] value);

    /// <summary>Reads the value from memory.</summary>
    /// <returns>The value; empty when there is none.</returns>
    [Alias("Read")]
    Task<PlainValue> ReadAsync();
}

/// <summary>The answer of a plain grain.</summary>
/// <param name="Bytes">The value. Like the values of registers, it is not copied in transit.</param>
[GenerateSerializer, Immutable, Alias("Orleans.Paxos.Benchmarks.PlainValue")]
public sealed record PlainValue([property: Id(0)] byte[] Bytes);
