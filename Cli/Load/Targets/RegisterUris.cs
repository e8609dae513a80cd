namespace Orleans.Paxos.Cli.Load.Targets;

/// <summary>Builds the URIs of registers below a server's address.</summary>
internal sealed class RegisterUris
{
    /// <summary>Keeps the segments '.' and '..', which a name may contain and Uri would resolve.</summary>
    private static readonly UriCreationOptions AsWritten = new() { DangerousDisablePathAndQueryCanonicalization = true };

    private readonly string _server;

    public RegisterUris(Uri server) => _server = server.AbsoluteUri.TrimEnd('/');

    public Uri Register(string name, bool stale) => Of("registers", name, stale ? "?consistency=stale" : "");

    public Uri Watch(string name) => Of("watch", name, "?after=0");

    public Uri WatchPrefix(string prefix) => new($"{_server}/v1/watch?prefix={Uri.EscapeDataString(prefix)}", AsWritten);

    private Uri Of(string collection, string name, string query) => new($"{_server}/v1/{collection}/{Escape(name)}{query}", AsWritten);

    private static string Escape(string name) => Uri.EscapeDataString(name).Replace("%2F", "/", StringComparison.Ordinal);
}
