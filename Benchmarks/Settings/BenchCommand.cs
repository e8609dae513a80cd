using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Orleans.Paxos.Benchmarks.Growth;
using Orleans.Paxos.Cli.Load.Scenarios;
using Orleans.Paxos.Verification;

namespace Orleans.Paxos.Benchmarks.Settings;

/// <summary>The command line.</summary>
internal sealed class BenchCommand
{
    private const int MostClients = 10_000;
    private const int MostRegisters = 10_000_000;

    private readonly Option<int?> _rounds = Number<int>("--rounds", "How many times each figure is measured, all in turn; 3", 1, 100);
    private readonly Option<double?> _seconds = Number("--seconds", "How long each is measured; 5", 0.1, 3600.0);
    private readonly Option<ImmutableArray<int>> _clients = new("--clients")
    {
        Description = $"Numbers of clients, with commas; 1,256 (1 to {MostClients})",
        HelpName = "N,N",
        CustomParser = result => ReadClients(result),
    };

    private readonly Option<ImmutableArray<string>> _scenarios = new("--scenario")
    {
        Description = $"Only these, with commas: {string.Join(", ", ScenarioCatalog.Names)}",
        HelpName = "NAME,NAME",
        CustomParser = result => ReadNames(result, "--scenario", ScenarioCatalog.Names),
        DefaultValueFactory = _ => [],
    };

    private readonly Option<bool> _quick = new("--quick") { Description = $"One round, {BenchOptions.QuickSeconds:0} s each, and only what ratios need" };
    private readonly Option<int?> _processes = Number<int>("--processes", "Silo processes of one acceptor each, over TCP (packages build only)", 1, AcceptorSet.MaxAcceptors);
    private readonly Option<ImmutableArray<string>> _growth = new("--growth")
    {
        Description = $"How cost grows, in place of the comparison: with all of {string.Join(", ", GrowthRun.Names)}, or those that are named, with commas",
        HelpName = "NAME,NAME",
        Arity = ArgumentArity.ZeroOrOne,
        CustomParser = result => ReadNames(result, "--growth", GrowthRun.Names),
        DefaultValueFactory = _ => [],
    };

    private readonly Option<int?> _maxRegisters = Number<int>("--max-registers", "The most registers of --growth; 1000000", 1, MostRegisters);
    private readonly Option<int?> _registers = Number<int>("--registers", "How many registers the load is spread over; 10000", 1, MostRegisters);
    private readonly Option<int?> _watchers = Number<int>("--watchers", "How many watchers of one register there are; 1000", 1, 100_000);
    private readonly Option<bool> _noEtcd = new("--no-etcd") { Description = "Leave etcd out where it is installed" };
    private readonly Option<string?> _output = new("--out") { Description = "The folder of the report; artifacts/bench/<date>", HelpName = "DIR" };
    private readonly Option<string> _commit = ToolOptions.Commit();
    private readonly TimeProvider _time;

    public BenchCommand(TimeProvider time)
    {
        _time = time;
        Root = new RootCommand("Measures Orleans.Paxos beside what is used in its place. --micro, of bench.sh, measures its parts.")
        {
            _rounds, _seconds, _clients, _scenarios, _quick, _processes, _growth, _maxRegisters, _registers, _watchers, _noEtcd, _output, _commit,
        };
        Root.Validators.Add(RefuseWhatDoesNotGoTogether);
    }

    /// <summary>The command with its options; it has no action yet.</summary>
    public RootCommand Root { get; }

    /// <summary>The options that the command line gives.</summary>
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
            MaxRegisters = parse.GetValue(_maxRegisters) ?? plain.MaxRegisters,
            Registers = parse.GetValue(_registers) ?? plain.Registers,
            Watchers = parse.GetValue(_watchers) ?? plain.Watchers,
            Etcd = !parse.GetValue(_noEtcd),
            Command = string.Join(' ', WordsOf(parse).Prepend("./bench.sh")),
            Commit = parse.GetRequiredValue(_commit),
        };
    }

    /// <summary>The command line as it was typed, without what the script adds.</summary>
    private IEnumerable<string> WordsOf(ParseResult parse)
    {
        var words = parse.Tokens.Select(token => token.Value).ToList();
        var commit = words.IndexOf(_commit.Name);
        return commit < 0 ? words : [.. words[..commit], .. words[(commit + 2)..]];
    }

    private void RefuseWhatDoesNotGoTogether(CommandResult command)
    {
        var growth = command.GetResult(_growth) is { Implicit: false };
        if (growth && command.GetResult(_scenarios) is { Implicit: false })
            command.AddError("--growth and --scenario do not go together: growth has its own scenarios.");
        if (growth && command.GetResult(_processes) is { Implicit: false })
            command.AddError("--processes and --growth do not go together: growth is measured in one process.");
    }

    private static ImmutableArray<int> ReadClients(ArgumentResult result)
    {
        var words = Words(result);
        var numbers = words.Select(word => int.TryParse(word, CultureInfo.InvariantCulture, out var number) ? number : 0).Distinct().Order().ToImmutableArray();
        if (numbers.IsEmpty || numbers[0] < 1 || numbers[^1] > MostClients)
            result.AddError($"--clients takes numbers from 1 to {MostClients} with commas between them, not '{string.Join(',', words)}'.");
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

    private static Option<T?> Number<T>(string name, string what, T least, T most)
        where T : struct, IComparable<T>, IParsable<T>
    {
        var range = string.Create(CultureInfo.InvariantCulture, $"{least} to {most}");
        return new Option<T?>(name)
        {
            Description = $"{what} ({range})",
            HelpName = "N",
            CustomParser = result => ToolOptions.Read<T?>(
                result,
                text => T.TryParse(text, CultureInfo.InvariantCulture, out var value) && value.CompareTo(least) >= 0 && value.CompareTo(most) <= 0 ? value : null,
                $"{name} takes a number from {range}"),
        };
    }
}
