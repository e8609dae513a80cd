namespace Orleans.Paxos.Silo.Settings;

/// <summary>The command line as settings.</summary>
internal static class SiloCommandLine
{
    /// <summary>What <c>--help</c> prints.</summary>
    public const string Help = """
        Usage: ./run.sh [options]

          --data DIR             where the acceptors keep their registers (./data)
          --url URL              where HTTP is served (http://127.0.0.1:8080)
          --acceptors N          how many acceptors, 1 to 15, all in this process (3)
          --secrets DIR          a folder whose files are settings, as Kubernetes and Docker mount secrets
          --healthcheck          asks the silo with these settings whether it is ready: exit code 0 or 1
          --help                 this text

        One silo of a cluster on this machine (packages build only):
          --processes N          of run.sh: starts N such processes, HTTP on the port of --url and the next ones
          --silo NAME            the acceptor that this process holds
          --acceptor-set A,B,C   all acceptors, the same in every process
          --silo-port PORT       for other silos (any free port)
          --gateway-port PORT    for Orleans clients (any free port)
          --membership FILE      where the silos find each other (DIR/membership.db)

        Each option, and those of PaxosOptions, may also stand in appsettings.json (section Paxos) or in the
        environment: PAXOS__DATA, PAXOS__MAXVALUEBYTES and so on. The command line wins, then the environment,
        then the files of --secrets.

        Other settings, in the same places:
          Storage                sqlite, azure-table or azure-blob (sqlite); with Azure each acceptor has an account:
          Azure:Accounts:NAME    ConnectionString, or TableEndpoint or BlobEndpoint to open it with a managed identity
          Azure:Table, Azure:Container                  where in each account (paxos)
          Azure:ManagedIdentityClientId                 the identity, if the machine has several
          Azure:Membership       ConnectionString or TableEndpoint, and Table (paxosmembers): where silos of several
                                 machines find each other, instead of a file
          Address                where other machines reach this silo: an IP address or a host name (127.0.0.1); with one
                                 that they can reach its ports are 11111 (--silo-port) and 30000 (--gateway-port)
          ClusterId, ServiceId   names of the cluster (paxos); never change ServiceId: stored keys in Azure start with it

        To serve other machines (--url http://0.0.0.0:8080, or https with KESTREL__ENDPOINTS__HTTPS__URL), give a key of
        16 characters or more in PAXOS__HTTP__READWRITEKEYS__0; PAXOS__HTTP__READKEYS__0 is for those who only read.
        docs/http.md has the rest. No option takes a key: other users of the machine see the command line.

        """;

    private static readonly Dictionary<string, string> Keys = new(StringComparer.Ordinal)
    {
        ["--data"] = "Data",
        ["--url"] = "Url",
        ["--acceptors"] = "Acceptors",
        ["--silo"] = "Silo",
        ["--acceptor-set"] = "AcceptorSet",
        ["--silo-port"] = "SiloPort",
        ["--gateway-port"] = "GatewayPort",
        ["--membership"] = "Membership",
        ["--secrets"] = SecretsDirectory.Setting,
    };

    /// <summary>Reads the command line.</summary>
    /// <param name="arguments">The arguments: <c>--name value</c> or <c>--name=value</c>.</param>
    /// <returns>Keys of the configuration and their values.</returns>
    /// <exception cref="SettingsException">There is an option that is not known, twice or without a value.</exception>
    public static IReadOnlyDictionary<string, string?> Read(IReadOnlyList<string> arguments)
    {
        var settings = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        var mistakes = new List<string>();
        for (var index = 0; index < arguments.Count; index++)
        {
            var (name, value) = Split(arguments[index]);
            if (!Keys.TryGetValue(name, out var key))
            {
                mistakes.Add($"There is no option '{name}'. --help lists the options.");
                if (value is null && IsOption(name) && index + 1 < arguments.Count && !IsOption(arguments[index + 1]))
                    index++; // its value, which may be a secret and is not repeated
            }
            else if ((value ??= index + 1 < arguments.Count && !Keys.ContainsKey(arguments[index + 1]) ? arguments[++index] : null) is null)
                mistakes.Add($"The option {name} needs a value.");
            else if (!settings.TryAdd($"{SettingsReader.Section}:{key}", value))
                mistakes.Add($"The option {name} stands twice.");
        }

        return mistakes.Count == 0 ? settings : throw new SettingsException(mistakes);
    }

    private static bool IsOption(string argument) => argument.StartsWith("--", StringComparison.Ordinal);

    private static (string Name, string? Value) Split(string argument)
    {
        var equals = IsOption(argument) ? argument.IndexOf('=', StringComparison.Ordinal) : -1;
        return equals < 0 ? (argument, null) : (argument[..equals], argument[(equals + 1)..]);
    }
}
