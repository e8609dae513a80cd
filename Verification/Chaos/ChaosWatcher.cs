using System.Globalization;
using System.Net.ServerSentEvents;
using System.Text.Json;
using Orleans.Paxos.Verification.Chaos.Calls;
using Orleans.Paxos.Verification.Chaos.Processes;
using Orleans.Paxos.Verification.Linearizability;

namespace Orleans.Paxos.Verification.Chaos;

/// <summary>Watches a register through any silo that responds, and continues where the previous watch ended.</summary>
internal sealed class ChaosWatcher(int number, string register, SiloCluster cluster, HttpClient http, RunClock clock, CallRecorder recorder)
{
    private static readonly TimeSpan RestAfterFailure = TimeSpan.FromMilliseconds(150);

    private long _after;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        for (var silo = number; !cancellationToken.IsCancellationRequested; silo++)
        {
            var silos = cluster.Urls;
            try
            {
                await FollowAsync(new Uri(silos[silo % silos.Length], string.Create(CultureInfo.InvariantCulture, $"/v1/watch/{register}?after={_after}")), cancellationToken);
            }
            catch (Exception exception) when (exception is HttpRequestException or IOException or OperationCanceledException)
            {
                await Task.WhenAny(clock.DelayAsync(RestAfterFailure, cancellationToken));
            }
        }
    }

    private async Task FollowAsync(Uri address, CancellationToken cancellationToken)
    {
        var (started, invoked) = (clock.Elapsed, clock.NextMoment());
        using var response = await http.GetAsync(address, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        response.EnsureSuccessStatusCode();
        await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
        await foreach (var item in SseParser.Create(stream).EnumerateAsync(cancellationToken))
        {
            if (item.EventType is "unavailable" or "available")
                continue;
            var batch = Read(item) with { Invoked = invoked, Returned = clock.NextMoment() };
            recorder.Add(new Recorded(batch, started, clock.Elapsed));
            _after = batch.ShownVersion;
            (started, invoked) = (clock.Elapsed, clock.NextMoment());
        }
    }

    private Operation Read(SseItem<string> item)
    {
        using var data = JsonDocument.Parse(item.Data);
        if (item.EventType == "reset")
            throw new InvalidOperationException($"A watcher of register '{register}' after version {_after} was told to begin anew, although a majority kept its storage.");
        var compacted = item.EventType == "compacted" ? data.RootElement.GetProperty("compactedThrough").GetInt64() : 0;
        return new Operation
        {
            Client = number,
            Register = register,
            Kind = OperationKind.Watch,
            After = _after,
            Invoked = 0,
            Answer = Answer.Seen,
            Entries = compacted > 0 ? [] : [CallAnswer.Entry(data.RootElement)],
            CompactedThrough = compacted,
        };
    }
}
