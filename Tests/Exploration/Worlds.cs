using Orleans.Paxos.Verification.Exploration;

namespace Orleans.Paxos.Tests.Exploration;

/// <summary>Small worlds by name.</summary>
internal static class Worlds
{
    public static SmallWorld Of(string scenario, int attempts, SmallWorldRules rules, IReadOnlySet<string>? watched = null) =>
        new(WorldScenario.All.Single(known => known.Name == scenario), attempts, rules, watched);
}
