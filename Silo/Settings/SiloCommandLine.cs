using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using Orleans.Paxos.Silo.Hosting;

namespace Orleans.Paxos.Silo.Settings;

/// <summary>The command line: the settings and what to do with them.</summary>
internal sealed class SiloCommandLine
{
    private const int MostProcesses = 15;

    private const string Details = """
        Every option, and every property of PaxosOptions, may also stand in appsettings.json (section Paxos) or in the
        environment: PAXOS__DATA, PAXOS__MAXVALUEBYTES and so on. The command line wins over the environment, and the
        environment over the files of --secrets.

        More settings, in the same places:
          Storage                sqlite, azure-table or azure-blob (sqlite); in Azure each acceptor has an account:
          Azure:Accounts:NAME    ConnectionString, or TableEndpoint or BlobEndpoint to open it with a managed identity
          Azure:Table, Azure:Container                  the table or container in each account (paxos)
          Azure:ManagedIdentityClientId                 the identity, if the machine has several
          Azure:Membership       ConnectionString or TableEndpoint, and Table (paxosmembers): where silos of several
                                 machines find each other, instead of a file
          Address                where other machines reach this silo: an IP address or a host name (127.0.0.1); with one
                                 that they can reach its ports are 11111 (--silo-port) and 30000 (--gateway-port)
          ClusterId, ServiceId   names of the cluster (paxos); never change ServiceId: stored keys in Azure start with it

        To serve other machines (--url http://0.0.0.0:8080, or https with KESTREL__ENDPOINTS__HTTPS__URL), set a key of 16
        characters or more in PAXOS__HTTP__READWRITEKEYS__0; PAXOS__HTTP__READKEYS__0 is for readers. docs/http.md has the
        rest. No option takes a key, because other users of the machine see the command line.
        """;

    /// <summary>Reads no response files and bundles no options, because an argument may contain any text.</summary>
    private static readonly ParserConfiguration Parsing = new() { ResponseFileTokenReplacer = null, EnablePosixBundling = false };

    private static readonly Option<string> Data = Option("--data", "DIR", "Where the acceptors keep their registers (./data)");
    private static readonly Option<string> Url = Option("--url", "URL", "Where HTTP is served (http://127.0.0.1:8080)");
    private static readonly Option<string> Count = Option("--processes", "N", $"Start a cluster of N processes on this machine, 1 to {MostProcesses}, at the port of --url and the next ones");
    private static readonly Option<bool> Check = new(HealthCheck.Option) { Description = "Ask the silo with these settings whether it is ready: exit code 0 or 1" };

    private static readonly (Option<string> Option, string Setting)[] Settable =
    [
        (Data, "Data"),
        (Url, "Url"),
        (Option("--acceptors", "N", "How many acceptors, 1 to 15, all in this process (3)"), "Acceptors"),
        (Option("--secrets", "DIR", "A folder whose files are settings, as Kubernetes and Docker mount secrets"), SecretsDirectory.Setting),
        (Option("--silo", "NAME", "One silo of a cluster: its acceptor, which may be in the set or be added to it"), "Silo"),
        (Option("--acceptor-set", "A,B,C", "One silo of a cluster: all acceptors of the first set, the same in every process"), "AcceptorSet"),
        (Option("--silo-port", "PORT", "One silo of a cluster: the port for other silos (any free port)"), "SiloPort"),
        (Option("--gateway-port", "PORT", "One silo of a cluster: the port for Orleans clients (any free port)"), "GatewayPort"),
        (Option("--membership", "FILE", "One silo of a cluster: where the silos find each other (DIR/membership.db)"), "Membership"),
    ];

    private static readonly RootCommand Root = CreateRoot();

    private readonly ParseResult _parse;

    private SiloCommandLine(ParseResult parse) => _parse = parse;

    /// <summary>Whether the command line asks only for the help or the version.</summary>
    public bool AsksForText => _parse.Action is { ClearsParseErrors: true };

    /// <summary>Whether the command line asks for the health of a running silo.</summary>
    public bool IsHealthCheck => _parse.GetValue(Check);

    /// <summary>The number of processes to start; null to serve in this process.</summary>
    /// <exception cref="SettingsException">The command line is not valid.</exception>
    public int? Processes => _parse.GetResult(Count) is null ? null : Checked(() => ReadProcesses()!.Value);

    /// <summary>The settings in the command line, as configuration keys and values.</summary>
    /// <exception cref="SettingsException">The command line is not valid. The exception names every mistake without repeating a possible secret.</exception>
    public IReadOnlyDictionary<string, string?> Settings => Checked(() => Given().ToDictionary(given => $"{SettingsReader.Section}:{given.Setting}", given => _parse.GetValue(given.Option)));

    /// <summary>Parses a command line.</summary>
    /// <param name="arguments">The arguments.</param>
    public static SiloCommandLine Parse(params IReadOnlyList<string> arguments) => new(Root.Parse(arguments, Parsing));

    /// <summary>Prints the help or the version.</summary>
    /// <param name="output">Receives the text.</param>
    public void PrintText(TextWriter output) => _parse.Invoke(new InvocationConfiguration { Output = output });

    private static RootCommand CreateRoot()
    {
        var root = new RootCommand("Serves the registers of Orleans.Paxos: silos with their acceptors, and HTTP.");
        foreach (var (option, _) in Settable)
            root.Options.Add(option);
        root.Options.Add(Count);
        root.Options.Add(Check);
        var help = root.Options.OfType<HelpOption>().Single();
        help.Action = new HelpWithDetails((HelpAction)help.Action!);
        return root;
    }

    /// <summary>Creates an option. The parser treats its value as optional; otherwise it would take a following option as the value.</summary>
    private static Option<string> Option(string name, string value, string description)
    {
        var option = new Option<string>(name) { HelpName = value, Description = description, Arity = ArgumentArity.ZeroOrOne };
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count == 0)
                result.AddError($"The option {name} needs a value.");
        });
        return option;
    }

    private IEnumerable<(Option<string> Option, string Setting)> Given() => Settable.Where(settable => _parse.GetResult(settable.Option) is not null);

    private T Checked<T>(Func<T> read)
    {
        string[] mistakes = [.. Unknown(), .. _parse.Errors.Where(error => error.SymbolResult is OptionResult).Select(error => error.Message), .. ProcessMistakes()];
        return mistakes.Length == 0 ? read() : throw new SettingsException(mistakes);
    }

    /// <summary>Lists unknown options without values, because the value of an unknown option may be a secret.</summary>
    private IEnumerable<string> Unknown()
    {
        var previous = "";
        foreach (var token in _parse.UnmatchedTokens)
        {
            if (IsOption(token) || !IsOption(previous) || previous.Contains('='))
                yield return $"There is no option '{token.Split('=')[0]}'. --help lists the options.";
            previous = token;
        }
    }

    private IEnumerable<string> ProcessMistakes()
    {
        if (_parse.GetResult(Count) is not { Errors: var errors } || errors.Any())
            yield break;
        if (ReadProcesses() is null)
            yield return $"{Count.Name} takes a whole number from 1 to {MostProcesses}.";
        var others = Given().Select(given => given.Option).Except([Data, Url]).Concat<Option>(IsHealthCheck ? [Check] : []);
        foreach (var other in others)
            yield return $"{other.Name} does not go with {Count.Name}, which takes {Data.Name} and {Url.Name} only.";
    }

    private int? ReadProcesses() => int.TryParse(_parse.GetValue(Count), out var count) && count is >= 1 and <= MostProcesses ? count : null;

    private static bool IsOption(string token) => token.StartsWith("--", StringComparison.Ordinal);

    /// <summary>Prints the standard help, followed by the other settings.</summary>
    private sealed class HelpWithDetails(HelpAction usual) : SynchronousCommandLineAction
    {
        public override bool ClearsParseErrors => true;

        public override int Invoke(ParseResult parseResult)
        {
            var exitCode = usual.Invoke(parseResult);
            parseResult.InvocationConfiguration.Output.WriteLine(Details);
            return exitCode;
        }
    }
}
