namespace Orleans.Paxos.AzureStorage;

/// <summary>A storage as its guard knows it.</summary>
/// <param name="Name">Its name, for people.</param>
/// <param name="ProbeAsync">Reads something small, to find out whether the storage answers again.</param>
/// <param name="FaultOf">What an exception tells of the storage; null when it tells nothing, such as a conflict.</param>
/// <param name="TimeLimit">How long an operation may take with all its attempts.</param>
internal sealed record GuardedStorage(string Name, Func<Task> ProbeAsync, Func<Exception, StorageFault?> FaultOf, TimeSpan TimeLimit);
