using System.CommandLine;
using Orleans.Paxos.Cli.CommandLine;
using Orleans.Paxos.Cli.Load.Scenarios;

namespace Orleans.Paxos.Cli.Commands;

/// <summary><c>paxos bench</c></summary>
internal static class BenchCommand
{
    private const int MostClients = 4_096;
    private const int MostSeconds = 3_600;
    private const int MostRegisters = 1_000_000;
    private const int MostValueBytes = 4 * 1024 * 1024;
    private const int MostWatchers = 10_000;
    private const int MostVersions = 100_000;

    private static readonly string[] DefaultScenarios = [ScenarioCatalog.WriteSpread, ScenarioCatalog.ReadLinearizable, ScenarioCatalog.Mixed];
    private static readonly int[] DefaultClients = [1, 64, 256];

    private static readonly string Details = $"""
        Scenarios: {string.Join(", ", ScenarioCatalog.Names)}.
        Each client does one operation after the other; with more clients there are more at once. {ScenarioCatalog.WatchFanOut} and
        {ScenarioCatalog.WatchPrefix} have watchers instead, and a latency there is a version's way from its writer to one watcher. Each run warms up for a fifth of its time first, for 1 to 5 s.
        It writes real registers, all of them below the prefix, and does not delete them. It puts
        real load on the cluster: run it where that does no harm. Ctrl-C ends it with what was measured so far. The exit code is 3 if an operation failed.
        """;

    public static Command Create(CommandHost host)
    {
        var scenarios = Names();
        var clients = Inputs.Counts(
            "--clients", $"Operations at once, 1 to {MostClients}; repeat it for several [default: {string.Join(", ", DefaultClients)}]", 1, MostClients);
        var seconds = Inputs.Count("--seconds", $"How long each run is measured, 1 to {MostSeconds}", 5, 1, MostSeconds);
        var registers = Inputs.Count("--registers", $"How many registers are read and written, 1 to {MostRegisters}", ScenarioOptions.DefaultRegisters, 1, MostRegisters);
        var valueBytes = Inputs.Count(
            "--value-bytes", $"The size of a value, 0 to the silos' limit, {MostValueBytes} at most", ScenarioOptions.DefaultValueBytes, 0, MostValueBytes);
        var watchers = Inputs.Count("--watchers", $"How many watchers {ScenarioCatalog.WatchFanOut} and {ScenarioCatalog.WatchPrefix} have, 1 to {MostWatchers}", ScenarioOptions.DefaultWatchers, 1, MostWatchers);
        var rate = Inputs.Count(
            "--rate", $"How many versions {ScenarioCatalog.WatchFanOut} and {ScenarioCatalog.WatchPrefix} write a second, 1 to {MostVersions}", ScenarioOptions.DefaultVersionsPerSecond, 1, MostVersions);
        var prefix = new Option<string>("--prefix")
        {
            Description = "The prefix of the names of all registers that it writes",
            HelpName = "bench/",
            DefaultValueFactory = _ => "bench/",
        };
        var directory = new Option<string?>("--out")
        {
            Description = $"Write {BenchFiles.Json} and {BenchFiles.Html} into this folder; they replace files of these names",
            HelpName = "folder",
        };
        var command = new DocumentedCommand(
            "bench",
            "Put the cluster under load and print its performance",
            Details,
            "paxos bench",
            "paxos bench --scenario write-hot --clients 256 --seconds 10",
            "paxos bench --scenario first-write --prefix tmp/bench/ --out results")
        {
            scenarios,
            clients,
            seconds,
            registers,
            valueBytes,
            watchers,
            rate,
            prefix,
            directory,
        };
        host.Handle(command, (context, cancellationToken) => new BenchRun(context, new BenchSettings
        {
            Scenarios = [.. Given(context.Get(scenarios), DefaultScenarios)],
            Clients = [.. Given(context.Get(clients), DefaultClients)],
            Seconds = context.Get(seconds),
            Registers = context.Get(registers),
            ValueBytes = context.Get(valueBytes),
            Watchers = context.Get(watchers),
            Rate = context.Get(rate),
            Prefix = context.Get(prefix)!,
            Directory = context.Get(directory),
        }).RunAsync(cancellationToken));
        return command;
    }

    private static Option<string[]> Names() => new("--scenario")
    {
        Description = $"The scenario, one of those below; repeat it for several [default: {string.Join(", ", DefaultScenarios)}]",
        HelpName = "name",
        Arity = ArgumentArity.OneOrMore,
        AllowMultipleArgumentsPerToken = false,
        CustomParser = result =>
        {
            foreach (var token in result.Tokens.Where(token => !ScenarioCatalog.Names.Contains(token.Value)))
                result.AddError($"--scenario takes one of {string.Join(", ", ScenarioCatalog.Names)}, not '{token.Value}'.");
            return [.. result.Tokens.Select(token => token.Value)];
        },
    };

    private static T[] Given<T>(T[]? given, T[] fallback) => given is { Length: > 0 } ? given : fallback;
}
