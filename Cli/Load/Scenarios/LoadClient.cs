namespace Orleans.Paxos.Cli.Load.Scenarios;

/// <summary>One of the clients of a scenario.</summary>
internal sealed class LoadClient(int index, ScenarioOptions options)
{
    /// <summary>Keeps the random numbers of clients apart from those of registers, which start from the same seed.</summary>
    private const int SeedsOfRegisters = 1_000_000_000;

    /// <summary>Makes this client's choices.</summary>
    public Random Random { get; } = new(unchecked(options.Seed + SeedsOfRegisters + index));

    /// <summary>What it writes: the same bytes each time, so that making values is not measured.</summary>
    public byte[] Value => field ??= Values.Create(options.ValueBytes, Random);
}
