using Orleans.Paxos.Benchmarks;

return await BenchProgram.RunAsync(args, Console.Out, Console.Error, LiveLine.OnStandardError());
