using System.Globalization;
using System.Net;
using System.Text.Json;
using Orleans.Paxos.Verification.Chaos.Processes;

namespace Orleans.Paxos.Verification.Chaos.Locks;

/// <summary>The register that the holders of a lock write under its fence. The value is the token.</summary>
/// <param name="name">The lock.</param>
/// <param name="cluster">The silos.</param>
/// <param name="http">Sends the requests.</param>
/// <param name="clock">The clock.</param>
internal sealed class GuardedRegister(string name, SiloCluster cluster, HttpClient http, RunClock clock)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private ImmutableArray<GuardedWrite> _writes = [];

    /// <summary>The writes that have ended.</summary>
    public ImmutableArray<GuardedWrite> Writes => _writes;

    /// <summary>Writes a token under its own fence, once, through one silo.</summary>
    public async Task WriteAsync(long token, int silo)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, new Uri(cluster.Urls[silo], $"/v1/registers/guarded/{name}"))
        {
            Content = new StringContent($"{token}"),
            Headers = { { "Paxos-Fence", $"{name}; {token}" }, { "Accept", "application/json" } },
        };
        var write = await SendAsync(request, token);
        ImmutableInterlocked.Update(ref _writes, writes => writes.Add(write));
    }

    /// <summary>Reads the versions and the tokens in them, as far as the register keeps them.</summary>
    public async Task<ImmutableArray<(long Version, long Token)>> HistoryAsync(CancellationToken cancellationToken)
    {
        using var answer = await http.GetAsync(new Uri(cluster.Urls[0], $"/v1/history/guarded/{name}"), cancellationToken);
        if (answer.StatusCode == HttpStatusCode.NotFound)
            return [];
        answer.EnsureSuccessStatusCode();
        using var entries = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(cancellationToken));
        return [.. entries.RootElement.EnumerateArray().Select(entry => (entry.GetProperty("version").GetInt64(), Token(entry)))];
    }

    private async Task<GuardedWrite> SendAsync(HttpRequestMessage request, long token)
    {
        using var patience = clock.Patience(Patience);
        try
        {
            using var answer = await http.SendAsync(request, patience.Token);
            using var body = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(patience.Token));
            return answer.StatusCode switch
            {
                HttpStatusCode.OK => new GuardedWrite(token, GuardedOutcome.Written, body.RootElement.GetProperty("version").GetInt64()),
                HttpStatusCode.PreconditionFailed when IsFenced(body.RootElement) => new GuardedWrite(token, GuardedOutcome.Fenced, 0),
                >= HttpStatusCode.InternalServerError => new GuardedWrite(token, GuardedOutcome.Unknown, 0),
                _ => throw new InvalidOperationException($"A write to register 'guarded/{name}' was answered with {answer.StatusCode}: {body.RootElement}"),
            };
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or OperationCanceledException)
        {
            return new GuardedWrite(token, GuardedOutcome.Unknown, 0);
        }
    }

    private static bool IsFenced(JsonElement problem) => problem.GetProperty("type").GetString()!.EndsWith("fenced", StringComparison.Ordinal);

    private static long Token(JsonElement entry) => long.Parse(entry.GetProperty("value").ToString(), CultureInfo.InvariantCulture);
}
