namespace Orleans.Paxos.Changing;

/// <summary>Goes on with the change of the acceptor set that is under way. Orleans may run it twice: then both do the same.</summary>
[Alias("Orleans.Paxos.ISetDriverGrain")]
internal interface ISetDriverGrain : IGrainWithStringKey
{
    /// <summary>The key of the grain.</summary>
    const string Key = "acceptors";

    /// <summary>Goes on with the change that is under way, if there is one. It does not wait for its end.</summary>
    /// <returns>How it goes on; null if no change is under way.</returns>
    /// <exception cref="QuorumUnavailableException">No majority answered.</exception>
    [Alias("Continue")]
    Task<SetProgress?> ContinueAsync();
}

/// <summary>How a change of the acceptor set goes on.</summary>
/// <param name="PerSecond">How many registers were carried over in a second, lately; 0 if that is not known.</param>
/// <param name="WaitsFor">What it waits for; empty if it goes on.</param>
[GenerateSerializer, Immutable, Alias("Orleans.Paxos.SetProgress")]
internal sealed record SetProgress([property: Id(0)] double PerSecond, [property: Id(1)] string WaitsFor);
