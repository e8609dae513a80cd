using Orleans.Paxos.Silo.Settings;

namespace Orleans.Paxos.Silo.Hosting;

/// <summary>Prints, once the silo serves, where it listens and which commands to try.</summary>
internal static class Welcome
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan PatienceWithOthers = TimeSpan.FromSeconds(1);

    /// <summary>Prints the text as soon as a read succeeds, or when no read succeeds for a while.</summary>
    /// <param name="output">Receives the text.</param>
    /// <param name="settings">The settings.</param>
    /// <param name="app">The started application.</param>
    public static async Task WriteAsync(TextWriter output, SiloSettings settings, WebApplication app)
    {
        var ready = await IsReadyAsync(app, settings.HoldsWholeSet ? Patience : PatienceWithOthers);
        var reasons = ready ? "" : await ReasonsAsync(app);
        var style = new TextStyle(!Console.IsOutputRedirected && Environment.GetEnvironmentVariable("NO_COLOR") is null or "");
        await output.WriteAsync(Text(settings, app, ready, reasons, style));
        await output.FlushAsync();
    }

    private static async Task<bool> IsReadyAsync(WebApplication app, TimeSpan limit)
    {
        using var patience = new CancellationTokenSource(limit);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, app.Lifetime.ApplicationStopping);
        try
        {
            await app.Services.GetRequiredService<IRegisterClient>().ReadAsync("health/ready", cancellationToken: ended.Token);
            return true;
        }
        catch (Exception exception) when (exception is OperationCanceledException or QuorumUnavailableException)
        {
            return false;
        }
    }

    /// <summary>Gets the reasons that the acceptors give for not voting.</summary>
    private static async Task<string> ReasonsAsync(WebApplication app)
    {
        using var patience = new CancellationTokenSource(PatienceWithOthers);
        try
        {
            var status = await app.Services.GetRequiredService<IRegisterClient>().StatusAsync(patience.Token);
            return string.Concat(status.Acceptors
                .Where(acceptor => acceptor.Standing != AcceptorStanding.Voting)
                .Select(acceptor => $"  {acceptor.Acceptor}: {acceptor.Detail}\n"));
        }
        catch (Exception exception) when (exception is OperationCanceledException or QuorumUnavailableException)
        {
            return "";
        }
    }

    private static string Text(SiloSettings settings, WebApplication app, bool ready, string reasons, TextStyle style)
    {
        var url = Reachable(app.Urls.First());
        var curl = settings.Http.Keys.AreConfigured ? "curl -H @header" : "curl";
        return $"""

            {style.Strong("Orleans.Paxos")} {(ready ? "serves" : "listens")} at {style.Strong(string.Join(" and ", app.Urls))}  ({Acceptors(settings)})
            {(ready ? "" : $"{style.Warning("A majority of acceptors does not answer yet;")} {url}/health/ready tells when it does.\n{reasons}")}
              {curl} -X PUT --data on {url}/v1/registers/flags/dark-mode
              {curl} {url}/v1/registers/flags/dark-mode
              {curl} -N {url}/v1/watch/flags/dark-mode
              ./paxos --url {url} list

            {Notes(settings)}{Clients(app)}Data: {settings.DescribeStorage()}   Stop: Ctrl-C, or kill -9: nothing acknowledged is lost.

            """;
    }

    /// <summary>Replaces a wildcard address, which a client cannot connect to, by the loopback address.</summary>
    private static string Reachable(string url) =>
        url.Replace("//0.0.0.0:", "//127.0.0.1:", StringComparison.Ordinal).Replace("//[::]:", "//127.0.0.1:", StringComparison.Ordinal);

    private static string Acceptors(SiloSettings settings) => settings.HoldsWholeSet
        ? settings.Silos.Length == 1 ? "1 acceptor" : $"{settings.Silos.Length} acceptors in this process"
        : $"acceptor {settings.Silos[0]}{(settings.Paxos.Acceptors.Contains(settings.Silos[0]) ? " of" : ", not of the first set")} {string.Join(", ", settings.Paxos.Acceptors)}";

    private static string Clients(WebApplication app)
    {
        var addresses = string.Join(", ", app.Services.GetRequiredService<SiloGroup>().ClientAddresses);
        return addresses.Length == 0 ? "" : $"Gateways for Orleans clients: {addresses}\n";
    }

    private static string Notes(SiloSettings settings)
    {
        var count = settings.Paxos.Acceptors.Count;
        var even = count % 2 == 0 ? $"Note: {count} acceptors go on without {(count - 1) / 2} of them, as {count - 1} would; an odd number is better value.\n" : "";
        var keys = settings.Http.Keys.AreConfigured ? "Keys: ./paxos takes one from PAXOS_KEY, curl from a file 'header' with the line 'Authorization: Bearer KEY'.\n" : "";
        var plain = settings.Http.Listen.Addresses.Any(address => address is { IsLoopback: false, IsEncrypted: false })
            ? "Note: keys and values cross the network in plain text, unless something in front encrypts them; docs/http.md tells how to serve https.\n"
            : "";
        return even + keys + plain;
    }
}
