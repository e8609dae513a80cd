using Orleans.Paxos.Cli.Load.Targets;

namespace Orleans.Paxos.Cli.Load.Scenarios;

/// <summary>A set of registers that are numbered from 0.</summary>
/// <param name="Names">The names of the registers.</param>
/// <param name="Count">The number of registers.</param>
/// <param name="ValueBytes">The size of their initial values.</param>
/// <param name="Clients">The number of registers that are written at the same time.</param>
/// <param name="Seed">The seed of the values.</param>
internal sealed record RegisterSet(NumberedNames Names, int Count, int ValueBytes, int Clients, int Seed)
{
    public static RegisterSet Of(string group, int count, ScenarioOptions options) =>
        new(new NumberedNames(options.Prefix + group), count, options.ValueBytes, options.PrepareClients, options.Seed);

    /// <summary>Writes every register once, each with a different value.</summary>
    public async Task WriteAsync(ILoadTarget target, Action<int, int>? progress, CancellationToken cancellationToken)
    {
        var written = 0;
        var atOnce = new ParallelOptions { MaxDegreeOfParallelism = Clients, CancellationToken = cancellationToken };
        await Parallel.ForAsync(0, Count, atOnce, async (number, token) =>
        {
            await target.WriteAsync(Names.Of(number), Values.Create(ValueBytes, new Random(Seed + number)), token);
            progress?.Invoke(Interlocked.Increment(ref written), Count);
        });
    }
}
