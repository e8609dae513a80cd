using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;
using Orleans.Paxos.Silo.Hosting;
using Orleans.Paxos.Silo.Settings;
using Orleans.Paxos.Tests.Http;

namespace Orleans.Paxos.Tests.Silo;

/// <summary>Requests of every form, sent over raw sockets to a silo with its acceptors and storage.</summary>
[Collection(nameof(ProcessClusterTests))]
public sealed class RequestFuzzTests(ITestOutputHelper output) : IAsyncLifetime
{
    private const int FirstSeed = 3_000_000;
    private const int Requests = 10_000;
    private const int Senders = 16;
    private static readonly TimeSpan UntilTakenForCutOff = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LongestAnswer = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan LongestRun = TimeSpan.FromMinutes(8);

    private readonly string _data = Directory.CreateTempSubdirectory("fuzz-").FullName;
    private readonly ConcurrentDictionary<string, int> _answers = new();
    private readonly WarningLog _errors = new();
    private WebApplication? _app;

    private Uri Address => new(_app!.Urls.Single());

    public async ValueTask InitializeAsync()
    {
        var builder = SiloApplication.CreateBuilder(SiloCommandLine.Parse("--data", _data, "--url", "http://127.0.0.1:0"));
        var settings = SettingsReader.Read(builder.Configuration);
        builder.Logging.AddProvider(_errors).AddFilter<WarningLog>((category, level) => level >= LogLevel.Error && IsOfHttp(category));
        _app = SiloApplication.Build(builder, settings);
        await _app.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _app!.StopAsync();
        await _app.DisposeAsync();
        Directory.Delete(_data, recursive: true);
    }

    [Fact]
    public async Task Of_10000_requests_of_any_form_none_ends_in_500_or_silence_or_a_stack_in_the_log()
    {
        using var patience = new CancellationTokenSource(LongestRun);
        var seeds = new ConcurrentQueue<int>(Enumerable.Range(FirstSeed, Requests));
        await Task.WhenAll(Enumerable.Range(0, Senders).Select(_ => Task.Run(() => SendAsync(seeds, patience.Token))));

        output.WriteLine(string.Join(", ", _answers.OrderBy(answer => answer.Key).Select(answer => $"{answer.Key}: {answer.Value}")));
        Assert.Empty(Errors());
        Assert.Equal(Requests, _answers.Values.Sum());
        Assert.True(_answers["200"] > Requests / 20, "Too few requests are right for the wrong ones to get far.");
        using var http = new HttpClient { BaseAddress = Address };
        Assert.Equal(HttpStatusCode.OK, (await http.PutAsync("/v1/registers/after", new StringContent("on"), patience.Token)).StatusCode);
    }

    private async Task SendAsync(ConcurrentQueue<int> seeds, CancellationToken cancellationToken)
    {
        while (seeds.TryDequeue(out var seed))
        {
            var request = RawRequests.Create(seed);
            var status = await AnswerAsync(request, cancellationToken);
            _answers.AddOrUpdate(status, 1, (_, count) => count + 1);
            if (status is "500" or "silence")
                Assert.Fail($"RawRequests.Create({seed}) ended in {status}:\n{Encoding.Latin1.GetString(request)}");
        }
    }

    /// <summary>What was logged; but for what the server says of a body that it cannot skip after the answer was sent, as it does of a trailer that is no text.</summary>
    private IEnumerable<string> Errors() => _errors.Lines.Where(line => !line.Contains("automatic draining of the request body failed", StringComparison.Ordinal));

    /// <summary>The status of the answer, or what there was instead of one.</summary>
    private async Task<string> AnswerAsync(byte[] request, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(LongestAnswer);
        try
        {
            using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
            await socket.ConnectAsync(Address.Host, Address.Port, patience.Token);
            await socket.SendAsync(request, patience.Token);
            var status = StatusAsync(socket, patience.Token);
            if (await Task.WhenAny(status, Task.Delay(UntilTakenForCutOff, TimeProvider.System, patience.Token)) != status)
                socket.Shutdown(SocketShutdown.Send); // the server may wait for the rest of a request that is cut off
            return await status;
        }
        catch (SocketException)
        {
            return "closed";
        }
        catch (OperationCanceledException)
        {
            return "silence";
        }
    }

    private static async Task<string> StatusAsync(Socket socket, CancellationToken cancellationToken)
    {
        var received = new List<byte>();
        var buffer = new byte[4096];
        while (await socket.ReceiveAsync(buffer, cancellationToken) is > 0 and var count)
        {
            received.AddRange(buffer.AsSpan(0, count));
            var statuses = Regex.Matches(Encoding.Latin1.GetString([.. received]), @"HTTP/1\.1 (\d\d\d) ").Select(match => match.Groups[1].Value).ToList();
            if (statuses.Find(status => status != "100") is { } final)
                return final;
        }

        return "closed";
    }

    private static bool IsOfHttp(string? category) =>
        category is not null && (category.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal) || category.StartsWith("Orleans.Paxos.Silo", StringComparison.Ordinal));
}
