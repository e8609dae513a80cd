using System.CommandLine;
using BenchmarkDotNet.Running;
using Orleans.Paxos.Cli.CommandLine;

namespace Orleans.Paxos.Benchmarks.Micro;

/// <summary>The command <c>micro</c>. Its options are those of BenchmarkDotNet.</summary>
internal static class MicroCommand
{
    private const string Details = """
        The benchmarks run in this process. Results are printed and go to artifacts/bench-micro.
        'micro -- --help' lists BenchmarkDotNet's options. A job of your own needs --inProcess too.
        """;

    public static Command Create()
    {
        var options = new Argument<string[]>("OPTIONS") { Description = "Options of BenchmarkDotNet; without any, everything is measured", Arity = ArgumentArity.ZeroOrMore };
        var command = new DocumentedCommand(
            "micro",
            "Measures the parts one by one: steps of an acceptor, the record format, SQLite commits",
            Details,
            $"{BenchProgram.CommandPrefix} micro",
            $"{BenchProgram.CommandPrefix} micro --filter '*RecordCodec*' --job dry --inProcess")
        {
            options,
        };
        command.SetAction(parse => Run(parse.GetRequiredValue(options)));
        return command;
    }

    private static int Run(string[] options)
    {
        var summaries = BenchmarkSwitcher.FromAssembly(typeof(MicroConfig).Assembly).Run(options.Length == 0 ? ["--filter", "*"] : options, new MicroConfig());
        return summaries.Any(summary => summary.HasCriticalValidationErrors) ? BenchProgram.CouldNotRun : BenchProgram.Good;
    }
}
