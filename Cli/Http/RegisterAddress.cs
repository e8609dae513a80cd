using System.Text;

namespace Orleans.Paxos.Cli.Http;

/// <summary>Builds the URIs of the HTTP interface below a server's address.</summary>
/// <param name="server">The server's address: scheme, host and port.</param>
internal sealed class RegisterAddress(Uri server)
{
    /// <summary>Keeps the segments '.' and '..', which a name may contain and Uri would resolve.</summary>
    private static readonly UriCreationOptions AsWritten = new() { DangerousDisablePathAndQueryCanonicalization = true };

    public Uri Server => server;

    public Uri Status => new(Server, "v1/status");

    public Uri Acceptors => new(Server, "v1/acceptors");

    public Uri AcceptorChange => new(Server, "v1/acceptors/change");

    public Uri Live => new(Server, "health/live");

    public Uri Register(string name, ReadConsistency consistency = ReadConsistency.Linearizable) =>
        Of("registers", name, consistency == ReadConsistency.Stale ? "?consistency=stale" : "");

    public Uri Addition(string name, Change change) => Of("registers", name, $"?add={Encoding.UTF8.GetString(change.Value)}");

    public Uri History(string name) => Of("history", name, "");

    public Uri Watch(string name, WatchPoint after) => Of("watch", name, $"?after={after}");

    public Uri BackupRegisters() => new(Server, "v1/backup/registers");

    public Uri BackupRegisters(string prefix, string after, int limit) =>
        new(Server, $"v1/backup/registers?prefix={Uri.EscapeDataString(prefix)}&after={Uri.EscapeDataString(after)}&limit={limit}");

    public Uri BackupWatermarks(string query) => new(Server, $"v1/backup/watermarks{query}");

    public Uri Sessions => new(Server, "v1/sessions");

    public Uri SessionsAfter(Guid session) => new(Server, $"v1/sessions?after={session}");

    public Uri Session(Guid session, string query = "") => new(Server, $"v1/sessions/{session}{query}");

    public Uri Lock(string name, string query) => Of("locks", name, query);

    public Uri Election(string name, string query) => Of("elections", name, query);

    public Uri WatchPrefix(string prefix, string after) =>
        new(Server, $"v1/watch?prefix={Uri.EscapeDataString(prefix)}&after={Uri.EscapeDataString(after)}");

    public Uri List(string prefix, string after, int limit, bool values = false) => new(
        Server,
        $"v1/registers?prefix={Uri.EscapeDataString(prefix)}&after={Uri.EscapeDataString(after)}&limit={limit}{(values ? "&values=true" : "")}");

    private static string Escape(string name) => string.Join('/', name.Split('/').Select(Uri.EscapeDataString));

    private Uri Of(string collection, string name, string query)
    {
        RegisterName.Validate(name);
        return new Uri($"{Server}v1/{collection}/{Escape(name)}{query}", AsWritten);
    }
}
