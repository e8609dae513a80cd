using Orleans.Paxos.Verification.Simulation.World;

namespace Orleans.Paxos.Verification.Simulation.Cluster;

/// <summary>
/// The location of each grain, as in the Orleans directory: the silo through which the grain was first called,
/// until that silo is declared dead. In a split directory, every silo has its own grain of a register.
/// </summary>
internal sealed class RegisterDirectory
{
    private readonly Dictionary<string, (SimulatedSilo Silo, Machine Machine)> _homes = [];
    private readonly HashSet<string> _split = [];

    public SimulatedSilo HomeOf(string grain, SimulatedSilo caller)
    {
        if (_split.Contains(grain))
            return caller;
        if (_homes.TryGetValue(grain, out var home) && home.Machine == home.Silo.Machine)
            return home.Silo;
        _homes[grain] = (caller, caller.Machine);
        return caller;
    }

    public void Split(string register) => _split.Add(register);

    public void Heal() => _split.Clear();

    /// <summary>Records that the cluster has declared a silo dead. Its grains may then be placed on other silos.</summary>
    public void Forget(SimulatedSilo silo, Machine dead)
    {
        foreach (var grain in _homes.Where(home => home.Value.Silo == silo && home.Value.Machine == dead).Select(home => home.Key).ToList())
            _homes.Remove(grain);
    }
}
