using Orleans.Paxos.Silo.Http;

namespace Orleans.Paxos.Silo.Settings;

/// <summary>How HTTP is served, checked.</summary>
/// <param name="Listen">Where.</param>
/// <param name="Keys">The keys of those who may use it.</param>
/// <param name="AllowedOrigins">The origins whose web pages may use it.</param>
/// <param name="MaxConnections">How many connections there may be at once.</param>
/// <param name="AnswerMemoryBytes">The memory that answers under way may take together.</param>
internal sealed record HttpSettings(ListenSettings Listen, HttpKeys Keys, ImmutableArray<string> AllowedOrigins, int MaxConnections, long AnswerMemoryBytes);
