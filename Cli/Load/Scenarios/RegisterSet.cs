using Orleans.Paxos.Cli.Load.Targets;

namespace Orleans.Paxos.Cli.Load.Scenarios;

/// <summary>Registers with numbers from 0 on.</summary>
/// <param name="Names">How they are called.</param>
/// <param name="Count">How many there are.</param>
/// <param name="ValueBytes">The size of the values that they are prepared with.</param>
/// <param name="Clients">How many are prepared at once.</param>
/// <param name="Seed">Where the bytes of the values start from.</param>
internal sealed record RegisterSet(NumberedNames Names, int Count, int ValueBytes, int Clients, int Seed)
{
    public static RegisterSet Of(string group, int count, ScenarioOptions options) =>
        new(new NumberedNames(options.Prefix + group), count, options.ValueBytes, options.PrepareClients, options.Seed);

    /// <summary>Writes every register once, each with bytes of its own.</summary>
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
