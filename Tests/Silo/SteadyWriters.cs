using System.Collections.Concurrent;
using System.Diagnostics;
using Orleans.Paxos.Tests.World;

namespace Orleans.Paxos.Tests.Silo;

/// <summary>Writers that each write their own registers in turn. Every write must succeed.</summary>
internal sealed class SteadyWriters(IRegisterClient registers)
{
    private const int Writers = 8;
    private const int RegistersEach = 6;

    private readonly ConcurrentDictionary<string, long> _versions = new();
    private readonly Lock _gate = new();

    /// <summary>How long the longest write took.</summary>
    public TimeSpan Longest { get; set; }

    public int Count { get; private set; }

    /// <summary>Writes every register a number of times.</summary>
    public Task RoundsAsync(int rounds) => WriteAsync(round => round < rounds);

    /// <summary>Writes every register until a task is over.</summary>
    public async Task WhileAsync(Task task)
    {
        await WriteAsync(_ => !task.IsCompleted);
        await task;
    }

    /// <summary>Checks that every register has what was written last.</summary>
    public async Task VerifyAsync()
    {
        foreach (var (name, version) in _versions)
            Assert.Equal(version, (await registers.ReadAsync(name))!.Version);
    }

    private Task WriteAsync(Func<int, bool> goesOn) => Task.WhenAll(Enumerable.Range(0, Writers).Select(async writer =>
    {
        for (var round = 0; goesOn(round); round++)
        {
            for (var number = 0; number < RegistersEach; number++)
                await WriteAsync($"writer/{writer}/{number}");
        }
    }));

    private async Task WriteAsync(string name)
    {
        var clock = Stopwatch.StartNew();
        var outcome = await registers.ChangeAsync(name, Change.Set(Requests.Bytes("value")));
        Assert.Equal((ChangeStatus.Applied, _versions.GetValueOrDefault(name) + 1), (outcome.Status, outcome.Version));
        _versions[name] = outcome.Version;
        lock (_gate)
        {
            Count++;
            Longest = clock.Elapsed > Longest ? clock.Elapsed : Longest;
        }
    }
}
