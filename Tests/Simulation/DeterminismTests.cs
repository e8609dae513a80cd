using System.Diagnostics;
using Orleans.Paxos.Verification.Linearizability;
using Orleans.Paxos.Verification.Simulation;

namespace Orleans.Paxos.Tests.Simulation;

[Collection(nameof(SimulationTests))]
public sealed class DeterminismTests
{
    [Theory]
    [InlineData(3)]
    [InlineData(11)]
    [InlineData(2026)]
    public void One_seed_gives_one_trace_byte_for_byte(long seed)
    {
        var first = SimulationRun.Execute(seed, trace: true);
        var second = SimulationRun.Execute(seed, trace: true);
        Assert.True(first.Trace.Length > 10_000);
        Assert.Equal(first.Trace, second.Trace);
    }

    [Fact]
    public void A_run_that_is_traced_is_the_run_that_is_not()
    {
        for (var seed = 1; seed <= 15; seed++)
        {
            var (plain, traced) = (SimulationRun.Execute(seed), SimulationRun.Execute(seed, trace: true));
            Assert.Equal((plain.Steps, plain.SimulatedTicks), (traced.Steps, traced.SimulatedTicks));
            Assert.Equal(plain.Operations.Select(Text), traced.Operations.Select(Text));
        }
    }

    [Fact]
    public async Task A_thread_of_the_pool_and_one_of_its_own_give_the_same_run()
    {
        for (var seed = 1; seed <= 15; seed++)
        {
            var onPool = await Task.Run(() => SimulationRun.Execute(seed), TestContext.Current.CancellationToken);
            RunResult? alone = null;
            var thread = new Thread(() => alone = SimulationRun.Execute(seed));
            thread.Start();
            thread.Join();
            Assert.Equal((onPool.Steps, onPool.SimulatedTicks), (alone!.Steps, alone.SimulatedTicks));
        }
    }

    [Fact]
    public void Another_process_gives_the_same_trace()
    {
        var here = SimulationRun.Execute(7, trace: true).Trace;
        var there = TraceOfAnotherProcess(7);
        Assert.StartsWith(here, there);
    }

    [Fact]
    public void Neighbouring_seeds_have_nothing_in_common() =>
        Assert.Equal(20, Enumerable.Range(1, 20).Select(seed => SimulationRun.Execute(seed).Steps).Distinct().Count());

    private static string Text(Operation operation) => $"{operation with { Entries = [] }} {string.Join(' ', operation.Entries)}";

    private static string TraceOfAnotherProcess(long seed)
    {
        var start = new ProcessStartInfo(
            "dotnet", [Path.Combine(AppContext.BaseDirectory, "Orleans.Paxos.Verification.dll"), "simulate", "--seed", $"{seed}", "--trace"])
        {
            RedirectStandardOutput = true,
        };
        using var process = Process.Start(start)!;
        var trace = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
        return trace;
    }
}
