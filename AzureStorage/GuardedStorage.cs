namespace Orleans.Paxos.AzureStorage;

/// <summary>A storage, as its guard knows it.</summary>
/// <param name="Name">The storage's name, for display.</param>
/// <param name="ProbeAsync">Reads something small, to find out whether the storage answers again.</param>
/// <param name="FaultOf">Returns the fault behind an exception; null when it says nothing about the storage, as a conflict does.</param>
/// <param name="TimeLimit">How long an operation may take, including all its attempts.</param>
internal sealed record GuardedStorage(string Name, Func<Task> ProbeAsync, Func<Exception, StorageFault?> FaultOf, TimeSpan TimeLimit);
