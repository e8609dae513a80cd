using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Orleans.Paxos.Benchmarks.Growth;
using Orleans.Paxos.Benchmarks.Micro;
using Orleans.Paxos.Cli.CommandLine;
using Orleans.Paxos.Cli.Load.Scenarios;

namespace Orleans.Paxos.Benchmarks.Settings;

/// <summary>The command line of the benchmarks.</summary>
internal sealed class BenchmarksCommandLine
{
    private const int MostClients = 10_000;
    private const int MostRegisters = 10_000_000;
    private const long LeastNames = 100;
    private const long MostNames = 1_000_000_000;

    private const string Details = """
        Without --processes, --growth and --names it compares, in turn and round after round:
          in this process, registers with plain grains and with SQLite alone;
          over HTTP, registers of a silo process with etcd, where etcd is installed.
        --processes measures silo processes over TCP instead. --growth measures how cost grows instead.
        --locks measures how locks are handed over, and what sessions cost, on three silo processes.
        --sessions measures what sessions that are open at once cost; --churn opens and closes sessions, and measures what they leave behind.
        --names lets names come and go on three acceptors in this process, and measures what they leave behind.
        Measurements are printed as they come. report.json and report.html go to --out.

        Exit codes: 0 measured, whether or not goals were reached; 2 wrong options; 3 the run did not get to its end.
        """;

    private readonly Option<int?> _rounds = NumberOption.CreateOptional("--rounds", "How many times each figure is measured, all figures in turn [default: 3; with --quick 1]", 1, 100);
    private readonly Option<double?> _seconds = NumberOption.CreateOptional("--seconds", $"How long each figure is measured [default: 5; with --quick {BenchOptions.QuickSeconds:0}]; with --names and --churn, how long these come and go at most [default: as long as it takes]", 0.1, 86400.0);
    private readonly Option<ImmutableArray<int>> _clients = new("--clients")
    {
        Description = $"Numbers of clients, separated by commas [default: 1,256] (1 to {MostClients})",
        HelpName = "N,N",
        CustomParser = result => ReadClients(result),
    };

    private readonly Option<ImmutableArray<string>> _scenarios = new("--scenario")
    {
        Description = $"Only these scenarios, separated by commas [default: all]: {string.Join(", ", ScenarioCatalog.Names)}",
        HelpName = "NAME,NAME",
        CustomParser = result => ReadNames(result, "--scenario", ScenarioCatalog.Names),
        DefaultValueFactory = _ => [],
    };

    private readonly Option<bool> _quick = new("--quick") { Description = "Measure only what the goals need, for a short time" };
    private readonly Option<int?> _processes = NumberOption.CreateOptional("--processes", "Measure this many silo processes with an acceptor each, over TCP", 1, AcceptorSet.MaxAcceptors);
    private readonly Option<ImmutableArray<string>> _growth = new("--growth")
    {
        Description = $"Measure how cost grows with these, separated by commas; without a name, with all of them: {string.Join(", ", GrowthRun.Names)}",
        HelpName = "NAME,NAME",
        Arity = ArgumentArity.ZeroOrOne,
        CustomParser = result => ReadNames(result, "--growth", GrowthRun.Names),
        DefaultValueFactory = _ => [],
    };

    private readonly Option<int?> _maxRegisters = NumberOption.CreateOptional("--max-registers", "The maximum number of registers that --growth writes [default: 1000000]", 1, MostRegisters);
    private readonly Option<long?> _names = NumberOption.CreateOptional("--names", "Write and delete this many names, and measure what they leave", LeastNames, MostNames);
    private readonly Option<int?> _locks = NumberOption.CreateOptional("--locks", "Let this many wait for a lock, and as many sessions live beside writes, on silo processes", 1, 10_000);
    private readonly Option<int?> _sessions = NumberOption.CreateOptional("--sessions", "Keep this many sessions open at once beside writes, on silo processes", 1, 100_000);
    private readonly Option<long?> _churn = NumberOption.CreateOptional("--churn", "Open and close this many sessions on silos in this process, and measure what they leave", LeastNames, MostNames);
    private readonly Option<int?> _registers = NumberOption.CreateOptional("--registers", $"How many registers the load is spread over [default: {ScenarioOptions.DefaultRegisters}]", 1, MostRegisters);
    private readonly Option<int?> _watchers = NumberOption.CreateOptional("--watchers", $"How many watchers of one register or prefix there are [default: {ScenarioOptions.DefaultWatchers}]", 1, 100_000);
    private readonly Option<int?> _rate = NumberOption.CreateOptional("--rate", $"How many versions are written for watchers in a second [default: {ScenarioOptions.DefaultVersionsPerSecond}]", 1, 100_000);
    private readonly Option<bool> _noEtcd = new("--no-etcd") { Description = "Leave out etcd even where it is installed" };
    private readonly Option<string?> _output = new("--out") { Description = "The folder of the report [default: artifacts/bench/<date>]", HelpName = "DIR" };
    private readonly TimeProvider _time;

    public BenchmarksCommandLine(TimeProvider time)
    {
        _time = time;
        Root = new RootCommand("Measures the performance of Orleans.Paxos and compares it with the alternatives.")
        {
            _rounds, _seconds, _clients, _scenarios, _quick, _processes, _growth, _maxRegisters, _names, _locks, _sessions, _churn, _registers, _watchers, _rate, _noEtcd, _output, MicroCommand.Create(),
        };
        HelpWithExamples.AddTo(
            Root, Details, $"{BenchProgram.CommandPrefix} --quick", $"{BenchProgram.CommandPrefix} --scenario write-hot --clients 64,256", $"{BenchProgram.CommandPrefix} --growth registers --max-registers 100000", $"{BenchProgram.CommandPrefix} --names 1000000 --seconds 3600");
        Root.Validators.Add(RefuseWhatDoesNotGoTogether);
    }

    /// <summary>The command with its options, without an action.</summary>
    public RootCommand Root { get; }

    /// <summary>Gets the options from the command line.</summary>
    public BenchOptions Read(ParseResult parse)
    {
        var quick = parse.GetValue(_quick);
        var plain = new BenchOptions { Output = parse.GetValue(_output) ?? Path.Combine("artifacts", "bench", $"{_time.GetLocalNow():yyyy-MM-dd-HHmmss}") };
        return plain with
        {
            Rounds = parse.GetValue(_rounds) ?? (quick ? 1 : plain.Rounds),
            Seconds = parse.GetValue(_seconds) ?? (quick ? BenchOptions.QuickSeconds : plain.Seconds),
            Clients = parse.GetValue(_clients) is { IsDefault: false } clients ? clients : plain.Clients,
            Scenarios = parse.GetValue(_scenarios),
            Quick = quick,
            Processes = parse.GetValue(_processes),
            Growth = parse.GetResult(_growth) is { Implicit: false, Tokens.Count: 0 } ? GrowthRun.Names : parse.GetValue(_growth),
            Names = parse.GetValue(_names),
            Locks = parse.GetValue(_locks),
            Sessions = parse.GetValue(_sessions),
            Churn = parse.GetValue(_churn),
            LongestSeconds = parse.GetValue(_seconds),
            MaxRegisters = parse.GetValue(_maxRegisters) ?? plain.MaxRegisters,
            Registers = parse.GetValue(_registers) ?? plain.Registers,
            Watchers = parse.GetValue(_watchers) ?? plain.Watchers,
            VersionsPerSecond = parse.GetValue(_rate) ?? plain.VersionsPerSecond,
            Etcd = !parse.GetValue(_noEtcd),
            Command = string.Join(' ', parse.Tokens.Select(token => token.Value).Prepend(BenchProgram.CommandPrefix)),
            Commit = ToolCommandLine.CommitOf(typeof(BenchProgram).Assembly),
        };
    }

    private void RefuseWhatDoesNotGoTogether(CommandResult command)
    {
        var growth = command.GetResult(_growth) is { Implicit: false };
        if (growth && command.GetResult(_scenarios) is { Implicit: false })
            command.AddError("--growth and --scenario do not go together: growth has its own scenarios.");
        if (growth && command.GetResult(_processes) is { Implicit: false })
            command.AddError("--processes and --growth do not go together: growth is measured in one process.");
        if (command.GetResult(_names) is { Implicit: false } && (growth || command.GetResult(_processes) is { Implicit: false } || command.GetResult(_scenarios) is { Implicit: false }))
            command.AddError("--names does not go together with --growth, --processes and --scenario: it is a run of its own.");
    }

    private static ImmutableArray<int> ReadClients(ArgumentResult result)
    {
        var words = Words(result);
        var numbers = words.Select(word => int.TryParse(word, CultureInfo.InvariantCulture, out var number) ? number : 0).Distinct().Order().ToImmutableArray();
        if (numbers.IsEmpty || numbers[0] < 1 || numbers[^1] > MostClients)
            result.AddError($"--clients takes numbers from 1 to {MostClients} separated by commas, not '{string.Join(',', words)}'.");
        return numbers;
    }

    private static ImmutableArray<string> ReadNames(ArgumentResult result, string option, ImmutableArray<string> known)
    {
        var words = Words(result).ToImmutableArray();
        if (words.Except(known).FirstOrDefault() is { } unknown)
            result.AddError($"{option} takes {string.Join(", ", known)}, not '{unknown}'.");
        return words;
    }

    private static string[] Words(ArgumentResult result) => string.Concat(result.Tokens.Select(token => token.Value)).Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}
