namespace Orleans.Paxos.Cli.Load.Scenarios;

/// <summary>A client of a scenario.</summary>
internal sealed class LoadClient(int index, ScenarioOptions options)
{
    /// <summary>Separates the seeds of clients from those of registers, which start from the same number.</summary>
    private const int SeedsOfRegisters = 1_000_000_000;

    /// <summary>The random numbers of this client.</summary>
    public Random Random { get; } = new(unchecked(options.Seed + SeedsOfRegisters + index));

    /// <summary>The value that the client writes. It is always the same, so that creating values is not measured.</summary>
    public byte[] Value => field ??= Values.Create(options.ValueBytes, Random);
}
