namespace Orleans.Paxos.Cli.Http;

/// <summary>Where things are below a server's address.</summary>
internal sealed class RegisterAddress
{
    /// <summary>A name may have the segments '.' and '..', which Uri would resolve.</summary>
    private static readonly UriCreationOptions AsWritten = new() { DangerousDisablePathAndQueryCanonicalization = true };

    public RegisterAddress(Uri server)
    {
        // Without the slash, a path in the address would lose its last segment.
        Server = server.AbsoluteUri.EndsWith('/') ? server : new Uri(server.AbsoluteUri + "/");
    }

    public Uri Server { get; }

    public Uri Status => new(Server, "v1/status");

    public Uri Register(string name, ReadConsistency consistency = ReadConsistency.Linearizable) =>
        Of("registers", name, consistency == ReadConsistency.Stale ? "?consistency=stale" : "");

    public Uri History(string name) => Of("history", name, "");

    public Uri Watch(string name, long after) => Of("watch", name, $"?after={after}");

    public Uri List(string prefix, string after, int limit, bool values = false) => new(
        Server,
        $"v1/registers?prefix={Uri.EscapeDataString(prefix)}&after={Uri.EscapeDataString(after)}&limit={limit}{(values ? "&values=true" : "")}");

    private Uri Of(string collection, string name, string query)
    {
        RegisterName.Validate(name);
        var path = string.Join('/', name.Split('/').Select(Uri.EscapeDataString));
        return new Uri($"{Server}v1/{collection}/{path}{query}", AsWritten);
    }
}
