using Orleans.Paxos.Protocol;
using Orleans.Paxos.Silo.Http;

namespace Orleans.Paxos.Silo.Settings;

/// <summary>Reads the section <c>Paxos</c> of the configuration and names every mistake in it.</summary>
internal sealed class SettingsReader
{
    /// <summary>The section's name.</summary>
    public const string Section = "Paxos";

    private const string Azure = AzureSettingsReader.Section;
    private const int LongestId = 64;

    private static readonly string[] PlainKeys =
    [
        "Data", "Storage", "Url", "Acceptors", "Silo", "AcceptorSet", "Address", "SiloPort", "GatewayPort", "Membership", "ClusterId", "ServiceId", SecretsDirectory.Setting,
    ];

    private static readonly string[] OwnKeys = [.. PlainKeys, HttpSettingsReader.Section, Azure];

    // What only one silo of a cluster has.
    private static readonly string[] ClusterKeys = ["AcceptorSet", "Address", "SiloPort", "GatewayPort", "Membership"];

    private readonly List<string> _mistakes = [];
    private readonly IConfigurationSection _section;
    private readonly IConfigurationSection _server;

    private SettingsReader(IConfiguration configuration) =>
        (_section, _server) = (configuration.GetSection(Section), configuration.GetSection(ServerEndpoints.Section));

    /// <summary>Reads the settings.</summary>
    /// <param name="configuration">The whole configuration.</param>
    /// <returns>The settings.</returns>
    /// <exception cref="SettingsException">Something is wrong; it names all that is.</exception>
    public static SiloSettings Read(IConfiguration configuration)
    {
        var reader = new SettingsReader(configuration);
        var settings = reader.Read();
        return reader._mistakes.Count == 0 ? settings : throw new SettingsException(reader._mistakes);
    }

    private SiloSettings Read()
    {
        var data = Text("Data") ?? "data";
        var silo = Text("Silo");
        foreach (var inner in PlainKeys.SelectMany(key => _section.GetSection(key).GetChildren()))
            _mistakes.Add($"There is no setting '{inner.Path}'. Remove it, or correct its name.");
        CheckCluster(silo);
        var paxos = PaxosSettings.Read(_section, OwnKeys, _mistakes);
        paxos.Acceptors = [.. silo is null ? Numbered() : Named(silo)];
        PaxosSettings.Validate(paxos, _mistakes);
        ImmutableArray<string> silos = silo is null ? [.. paxos.Acceptors] : [silo];
        var storage = Storage();
        var azure = AzureSettingsReader.Read(_section.GetSection(Azure), storage, silos, paxos.Acceptors, _mistakes);
        return new SiloSettings
        {
            DataDirectory = Path.GetFullPath(data),
            Storage = storage ?? StorageKind.Sqlite,
            Azure = azure,
            Http = HttpSettingsReader.Read(_section.GetSection(HttpSettingsReader.Section), ListenSettings.Read(_server, Url(), Text("Url") is not null, _mistakes), _mistakes),
            Silos = silos,
            ClusterId = Id("ClusterId"),
            ServiceId = Id("ServiceId"),
            Address = Address(),
            SiloPort = Port("SiloPort"),
            GatewayPort = Port("GatewayPort"),
            MembershipFile = azure.Membership is null ? Path.GetFullPath(Text("Membership") ?? Path.Combine(data, "membership.db")) : null,
            Paxos = paxos,
        };
    }

    /// <summary>Refuses what is for one silo of a cluster where this process is none.</summary>
    private void CheckCluster(string? silo)
    {
        var membership = $"{Azure}:{AzureSettingsReader.Membership}";
        var given = ClusterKeys.Where(key => Text(key) is not null).ToList();
        if (_section.GetSection(membership).Exists())
            given.Add(membership);
        if (silo is null)
            _mistakes.AddRange(given.Select(key => $"{key} is for one silo of a cluster: give Silo (--silo) too, or leave it out."));
        if (given.Contains("Membership") && given.Contains(membership))
            _mistakes.Add($"Both Membership (--membership) and {membership} say where the silos find each other. Give one of them, the same to every silo.");
    }

    /// <summary>The acceptors of a process that holds them all: a1, a2 and so on.</summary>
    private IEnumerable<string> Numbered()
    {
        var count = Number("Acceptors", 3, 1, AcceptorSet.MaxAcceptors);
        return Enumerable.Range(1, count).Select(number => $"a{number}");
    }

    /// <summary>The acceptors of a process that holds one of them.</summary>
    private string[] Named(string silo)
    {
        if (Text("Acceptors") is not null)
            _mistakes.Add("Acceptors (--acceptors) numbers the acceptors of one process; a silo of a cluster takes AcceptorSet (--acceptor-set).");
        var names = (Text("AcceptorSet") ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (names.Length == 0)
            _mistakes.Add("AcceptorSet (--acceptor-set) is missing: give the names of all acceptors, like a1,a2,a3, the same in every process.");
        else if (!names.Contains(silo))
            _mistakes.Add($"The silo '{silo}' is not one of the acceptors {string.Join(", ", names)}. Silo (--silo) takes one of AcceptorSet (--acceptor-set).");
        foreach (var name in names.Where(name => !IsFolderName(name)))
            _mistakes.Add($"The acceptor '{name}' cannot name a folder: use letters, digits, '-', '_' and '.', not first, at most 64 of them.");
        return names;
    }

    private StorageKind? Storage()
    {
        if (Text("Storage") is not { } text)
            return StorageKind.Sqlite;
        if (StorageKinds.TryParse(text, out var kind))
            return kind;
        _mistakes.Add($"Storage takes one of {StorageKinds.Names}.");
        return null;
    }

    private string Id(string key)
    {
        var id = Text(key) ?? "paxos";
        if (id.Length > LongestId || !id.All(character => char.IsAsciiLetterOrDigit(character) || character == '-'))
            _mistakes.Add($"{key} is '{id}'; it takes letters, digits and hyphens, at most {LongestId} of them.");
        return id;
    }

    private string Address()
    {
        var text = Text("Address") ?? "127.0.0.1";
        if (Uri.CheckHostName(text) == UriHostNameType.Unknown || text is "0.0.0.0" or "::")
            _mistakes.Add($"Address is '{text}'; it takes the IP address or the host name at which the other silos and clients reach this one.");
        return text;
    }

    private Uri? Url()
    {
        var text = Text("Url") ?? "http://127.0.0.1:8080";
        if (!Uri.TryCreate(text, UriKind.Absolute, out var url) || url is not { Scheme: "http", AbsolutePath: "/", Query: "", Fragment: "", UserInfo: "" })
            _mistakes.Add($"Url (--url) is '{text}'; it takes http://ADDRESS:PORT without a path. For https give Kestrel:Endpoints instead (docs/http.md).");
        else if (url.HostNameType == UriHostNameType.Dns && url is not { Host: "localhost", Port: not 0 })
            _mistakes.Add($"Url (--url) is '{text}'; its host is to be an IP address of this machine, 0.0.0.0 for all of them, or localhost with a port.");
        else
            return url;
        return null;
    }

    private int? Port(string key) => Text(key) is null ? null : Number(key, 0, 1, 65_535);

    private int Number(string key, int fallback, int least, int most)
    {
        if (Text(key) is not { } text)
            return fallback;
        if (int.TryParse(text, out var number) && number >= least && number <= most)
            return number;
        _mistakes.Add($"{key} is '{text}'; it takes a whole number from {least} to {most}.");
        return least;
    }

    private string? Text(string key) => _section.Text(key);

    private static bool IsFolderName(string name) =>
        name.Length <= 64 && name[0] != '.' && name.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_' or '.');
}
