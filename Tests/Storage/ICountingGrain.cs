namespace Orleans.Paxos.Tests.Storage;

/// <summary>An ordinary grain that has nothing to do with consensus.</summary>
[Alias("Orleans.Paxos.Tests.ICountingGrain")]
public interface ICountingGrain : IGrainWithStringKey
{
    [Alias("Add")]
    Task<long> AddAsync(long amount);

    [Alias("Clear")]
    Task ClearAsync();
}
