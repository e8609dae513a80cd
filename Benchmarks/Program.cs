using Orleans.Paxos.Benchmarks;
using Orleans.Paxos.Benchmarks.Runs;

return await BenchProgram.RunAsync(args, Console.Out, Console.Error, LiveLine.OnStandardError());
