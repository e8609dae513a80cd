using Orleans.Paxos.Protocol;
using Orleans.Paxos.Silo.Http;

namespace Orleans.Paxos.Silo.Settings;

/// <summary>Where HTTP is served: at the endpoints of the section <c>Kestrel</c>, or else at the one address of <c>Paxos:Url</c>.</summary>
internal sealed record ListenSettings
{
    /// <summary>The parts of the section that the server reads; it would ignore others without a word.</summary>
    private static readonly string[] Parts = [ServerEndpoints.Endpoints, "EndpointDefaults", "Certificates"];

    /// <summary>The address of <c>Paxos:Url</c>; null where it is wrong, or the section <c>Kestrel</c> has endpoints.</summary>
    public Uri? Url { get; private init; }

    /// <summary>All addresses, from wherever they are.</summary>
    public ImmutableArray<ListenAddress> Addresses { get; private init; } = [];

    /// <summary>Reads the addresses.</summary>
    /// <param name="server">The section <c>Kestrel</c>.</param>
    /// <param name="url">The address of <c>Paxos:Url</c>; null when it is wrong.</param>
    /// <param name="urlIsGiven">Whether it was given, right or wrong, rather than left out.</param>
    /// <param name="mistakes">Where mistakes are added.</param>
    /// <returns>The addresses that are right.</returns>
    public static ListenSettings Read(IConfigurationSection server, Uri? url, bool urlIsGiven, List<string> mistakes)
    {
        foreach (var unknown in server.GetChildren().Where(child => !Parts.Contains(child.Key, StringComparer.OrdinalIgnoreCase)))
            mistakes.Add($"There is no setting '{unknown.Path}' here. {server.Path} takes {string.Join(", ", Parts)}; the limit of connections is Paxos:Http:MaxConnections.");
        var endpoints = server.GetSection(ServerEndpoints.Endpoints).GetChildren().ToArray();
        if (endpoints.Length == 0)
            return url is null ? new ListenSettings() : new ListenSettings { Url = url, Addresses = [ListenAddress.TryRead("Url (--url)", url.OriginalString)!] };
        if (urlIsGiven)
            mistakes.Add($"Both Url (--url) and {server.Path}:{ServerEndpoints.Endpoints} say where HTTP is served. Leave Url out.");
        return new ListenSettings { Addresses = [.. endpoints.Select(endpoint => Read(endpoint, mistakes)).OfType<ListenAddress>()] };
    }

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
