namespace Orleans.Paxos;

/// <summary>Reads the section <c>Paxos</c> of the configuration and names every mistake in it.</summary>
internal sealed class SettingsReader
{
    /// <summary>The section's name.</summary>
    public const string Section = "Paxos";

    private static readonly string[] OwnKeys = ["Data", "Url", "Acceptors", "Silo", "AcceptorSet", "SiloPort", "GatewayPort", "Membership", SecretsDirectory.Setting, HttpSettingsReader.Section];

    private readonly List<string> _mistakes = [];
    private readonly IConfigurationSection _section;
    private readonly IConfigurationSection _server;

    private SettingsReader(IConfiguration configuration) =>
        (_section, _server) = (configuration.GetSection(Section), configuration.GetSection(HttpInterface.ServerSection));

    /// <summary>Reads the settings.</summary>
    /// <param name="configuration">The whole configuration.</param>
    /// <param name="processesAllowed">Whether this build can be one silo of a cluster of processes.</param>
    /// <returns>The settings.</returns>
    /// <exception cref="SettingsException">Something is wrong; it names all that is.</exception>
    public static SiloSettings Read(IConfiguration configuration, bool processesAllowed)
    {
        var reader = new SettingsReader(configuration);
        var settings = reader.Read(processesAllowed);
        return reader._mistakes.Count == 0 ? settings : throw new SettingsException(reader._mistakes);
    }

    private SiloSettings Read(bool processesAllowed)
    {
        var data = Text("Data") ?? "data";
        var silo = Text("Silo");
        if (silo is not null && !processesAllowed)
            _mistakes.Add("One silo a process (--silo) needs the packages build: this build runs all silos in one process. Set ORLEANS_RUNTIME=packages where NuGet can be reached.");
        var paxos = PaxosSettings.Read(_section, OwnKeys, _mistakes);
        paxos.Acceptors = [.. silo is null ? Numbered() : Named(silo)];
        PaxosSettings.Validate(paxos, _mistakes);
        return new SiloSettings
        {
            DataDirectory = Path.GetFullPath(data),
            Http = HttpSettingsReader.Read(_section.GetSection(HttpSettingsReader.Section), ListenSettings.Read(_server, Url(), Text("Url") is not null, _mistakes), _mistakes),
            Silos = silo is null ? [.. paxos.Acceptors] : [silo],
            SiloPort = Port("SiloPort"),
            GatewayPort = Port("GatewayPort"),
            MembershipFile = Path.GetFullPath(Text("Membership") ?? Path.Combine(data, "membership.db")),
            Paxos = paxos,
        };
    }

    /// <summary>The acceptors of a process that holds them all: a1, a2 and so on.</summary>
    private IEnumerable<string> Numbered()
    {
        foreach (var key in new[] { "AcceptorSet", "SiloPort", "GatewayPort", "Membership" }.Where(key => Text(key) is not null))
            _mistakes.Add($"{key} is for one silo of a cluster: give Silo (--silo) too, or leave it out.");
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

    private string? Text(string key) => string.IsNullOrWhiteSpace(_section[key]) ? null : _section[key]!.Trim();

    private static bool IsFolderName(string name) =>
        name.Length <= 64 && name[0] != '.' && name.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_' or '.');
}
