using Orleans.Paxos.Silo.Http;

namespace Orleans.Paxos.Silo.Settings;

/// <summary>The addresses at which HTTP is served: the endpoints of the section <c>Kestrel</c>, or otherwise the address in <c>Paxos:Url</c>.</summary>
internal sealed record ListenSettings
{
    /// <summary>The parts of the section that the server reads. It silently ignores any other part.</summary>
    private static readonly string[] Parts = [ServerEndpoints.Endpoints, "EndpointDefaults", "Certificates"];

    /// <summary>The address in <c>Paxos:Url</c>; null when it is not valid or the section <c>Kestrel</c> has endpoints.</summary>
    public Uri? Url { get; private init; }

    /// <summary>All addresses, from either source.</summary>
    public ImmutableArray<ListenAddress> Addresses { get; private init; } = [];

    /// <summary>Reads the addresses. A silo without keys must not be reachable from other machines.</summary>
    /// <param name="server">The section <c>Kestrel</c>.</param>
    /// <param name="options">The options of this process.</param>
    /// <param name="mistakes">Collects the mistakes.</param>
    /// <returns>The valid addresses.</returns>
    public static ListenSettings Read(IConfigurationSection server, ProcessOptions options, List<string> mistakes)
    {
        foreach (var unknown in server.GetChildren().Where(child => !Parts.Contains(child.Key, StringComparer.OrdinalIgnoreCase)))
            mistakes.Add($"There is no setting '{unknown.Path}' here. {server.Path} takes {string.Join(", ", Parts)}; the limit of connections is Paxos:Http:MaxConnections.");
        var endpoints = server.GetSection(ServerEndpoints.Endpoints).GetChildren().ToArray();
        if (endpoints.Length > 0 && options.Url is not null)
            mistakes.Add($"Both Url (--url) and {server.Path}:{ServerEndpoints.Endpoints} say where HTTP is served. Leave Url out.");
        var listen = endpoints.Length > 0
            ? new ListenSettings { Addresses = [.. endpoints.Select(endpoint => Read(endpoint, mistakes)).OfType<ListenAddress>()] }
            : ReadUrl(options.Url ?? "http://127.0.0.1:8080", mistakes);
        if (options.Http.ReadWriteKeys.Count == 0)
            mistakes.AddRange(listen.Addresses.Where(address => !address.IsLoopback).Select(Refusal));
        return listen;
    }

    private static ListenSettings ReadUrl(string text, List<string> mistakes)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var url) || url is not { Scheme: "http", AbsolutePath: "/", Query: "", Fragment: "", UserInfo: "" })
            mistakes.Add($"Url (--url) is '{text}'; it takes http://ADDRESS:PORT without a path. For https give Kestrel:Endpoints instead (docs/http.md).");
        else if (url.HostNameType == UriHostNameType.Dns && url is not { Host: "localhost", Port: not 0 })
            mistakes.Add($"Url (--url) is '{text}'; its host is to be an IP address of this machine, 0.0.0.0 for all of them, or localhost with a port.");
        else
            return new ListenSettings { Url = url, Addresses = [ListenAddress.TryRead("Url (--url)", url.OriginalString)!] };
        return new ListenSettings();
    }

    private static string Refusal(ListenAddress address) =>
        $"{address.Setting} is '{address.Url}', which other machines can reach, and there is no read-write key. Give one in Paxos:Http:ReadWriteKeys:0 "
        + "(environment PAXOS__HTTP__READWRITEKEYS__0; 'openssl rand -hex 32' makes a good one), or listen on 127.0.0.1.";

    private static ListenAddress? Read(IConfigurationSection endpoint, List<string> mistakes)
    {
        var setting = $"{endpoint.Path}:Url";
        if (endpoint["Url"] is not { Length: > 0 } url)
            mistakes.Add($"{setting} is missing: give an address like https://0.0.0.0:8443.");
        else if (ListenAddress.TryRead(setting, url) is { } address)
            return address;
        else
            mistakes.Add($"{setting} is '{url}'; it takes http:// or https:// with an address and a port and without a path, like https://0.0.0.0:8443.");
        return null;
    }
}
