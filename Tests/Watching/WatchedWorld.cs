using Orleans.Paxos.Tests.World;

namespace Orleans.Paxos.Tests.Watching;

/// <summary>Writes to the registers that are watched.</summary>
internal static class WatchedWorld
{
    /// <summary>Writes values one after another, each as a version of its own.</summary>
    public static async Task WriteAsync(this PaxosWorld world, string register, params string[] values)
    {
        foreach (var value in values)
        {
            var status = ChangeStatus.BeyondWindow;
            for (var floor = 0L; status != ChangeStatus.Applied;)
            {
                var result = await world.ProposeAsync(register, Requests.Set(value, floor));
                if (!result.Outcomes.IsEmpty)
                    (status, floor) = (result.Outcomes[0].Status, result.Outcomes[0].Version);
            }
        }
    }
}
