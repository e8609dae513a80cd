using BenchmarkDotNet.Running;
using Orleans.Paxos.Benchmarks.Micro;

// Without a choice all of them, so that nothing asks.
BenchmarkSwitcher.FromAssembly(typeof(MicroConfig).Assembly).Run(args.Length == 0 ? ["--filter", "*"] : args, new MicroConfig());
