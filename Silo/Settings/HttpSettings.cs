using Orleans.Paxos.Silo.Http;

namespace Orleans.Paxos.Silo.Settings;

/// <summary>The validated settings of the HTTP interface.</summary>
/// <param name="Listen">The addresses to listen at.</param>
/// <param name="Keys">The keys that requests need.</param>
/// <param name="MaxConnections">The maximum number of concurrent connections.</param>
internal sealed record HttpSettings(ListenSettings Listen, HttpKeys Keys, int MaxConnections);
