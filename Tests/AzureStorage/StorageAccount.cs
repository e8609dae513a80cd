using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;
using Orleans.Paxos.Silo.Hosting;

namespace Orleans.Paxos.Tests.AzureStorage;

/// <summary>A storage account: an Azurite process with its own port and folder that can be killed and restarted.</summary>
internal sealed partial class StorageAccount : IAsyncDisposable
{
    /// <summary>The published key of Azurite's only account. It protects nothing.</summary>
    public const string Key = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    private const string Name = "devstoreaccount1";

    private static readonly HttpClient Http = new(new SocketsHttpHandler { UseProxy = false });

    private readonly string _service;
    private readonly bool _durable;
    private readonly string _folder = Directory.CreateTempSubdirectory("azurite-").FullName;
    private readonly int _port = FreePorts.Take(1)[0];
    private readonly ConcurrentQueue<string> _requests = new();
    private Process? _process;
    private int _marks;
    private int _marksHeard;

    private StorageAccount(string service, bool durable) => (_service, _durable) = (service, durable);

    public string ConnectionString => ConnectionStringWith(Key);

    /// <summary>Starts an account. The test is skipped when Azurite is not installed.</summary>
    /// <param name="service"><c>table</c> or <c>blob</c>.</param>
    /// <param name="durable">Whether acknowledged writes must survive a kill.</param>
    public static async Task<StorageAccount> StartAsync(string service = "table", bool durable = false)
    {
        AzuriteInstallation.Require();
        while (true)
        {
            var account = new StorageAccount(service, durable);
            try
            {
                await account.StartAgainAsync();
                return account;
            }
            catch (IOException exception) when (exception.Message.Contains("EADDRINUSE", StringComparison.Ordinal))
            {
                await account.DisposeAsync(); // someone took the port before the process did
            }
        }
    }

    private string Endpoints => $"TableEndpoint={Endpoint};BlobEndpoint={Endpoint};QueueEndpoint={Endpoint}";

    private string Endpoint => $"http://127.0.0.1:{_port}/{Name}";

    public string ConnectionStringWith(string key) => $"DefaultEndpointsProtocol=http;AccountName={Name};AccountKey={key};{Endpoints}";

    /// <summary>A connection string with a shared access signature instead of the key.</summary>
    public string ConnectionStringWithSignature(string signature) =>
        $"{Endpoints};SharedAccessSignature=sv=2019-02-02&ss=bt&srt=sco&sp=rwdlacu&se=2099-01-01T00:00:00Z&sig={Uri.EscapeDataString(signature)}";

    /// <summary>
    /// Returns the requests that it has answered so far, such as <c>PUT 204</c>, but for the looks of every silo, every few seconds or minutes, for sessions and
    /// for changes of the acceptor set. The access log may lag behind the answers, so a request of
    /// our own, which nobody else sends, marks its end.
    /// </summary>
    public async Task<ImmutableArray<string>> RequestsAsync()
    {
        var mark = Interlocked.Increment(ref _marks);
        using var answer = await Http.SendAsync(new HttpRequestMessage(HttpMethod.Head, $"{Endpoint}/mark"));
        while (Volatile.Read(ref _marksHeard) < mark)
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System);
        return [.. _requests];
    }

    /// <summary>Sends SIGKILL.</summary>
    public async Task KillAsync()
    {
        if (_process is not { } process)
            return;
        _process = null;
        process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
    }

    /// <summary>Restarts it with its data and port.</summary>
    public async Task StartAgainAsync()
    {
        var preload = _durable ? new[] { "--require", Path.Combine(AppContext.BaseDirectory, "Azurite", "durable.js") } : [];
        var start = new ProcessStartInfo(
            "node",
            [.. preload, AzuriteInstallation.Program(_service), "--location", _folder, $"--{_service}Host", "127.0.0.1", $"--{_service}Port", $"{_port}", "--skipApiVersionCheck", "--disableTelemetry"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        var serves = new TaskCompletionSource();
        var process = new Process { StartInfo = start, EnableRaisingEvents = true };
        var errors = new StringBuilder();
        process.OutputDataReceived += (_, line) => Hear(line.Data, serves);
        process.ErrorDataReceived += (_, line) => errors.AppendLine(line.Data);
        process.Exited += (_, _) =>
        {
            if (serves.Task.IsCompleted)
                return;
            process.WaitForExit(); // until its output is read
            serves.TrySetException(new IOException($"Azurite has ended before it served, with exit code {process.ExitCode}: {errors}"));
        };
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        _process = process;
        await serves.Task.WaitAsync(TimeSpan.FromSeconds(60));
    }

    /// <summary>Sends SIGSTOP or SIGCONT. A stopped account accepts connections but answers nothing.</summary>
    public async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", $"{_process!.Id}"]);
        await kill.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private void Hear(string? line, TaskCompletionSource serves)
    {
        if (line is null)
            return;
        if (line.Contains("successfully", StringComparison.Ordinal))
            serves.TrySetResult();
        if (Request().Match(line) is not { Success: true } request)
            return;
        if (request.Groups[1].Value == "HEAD")
            Interlocked.Increment(ref _marksHeard);
        else if (request.Groups[1].Value != "GET" || !SilosLookFor().IsMatch(line))
            _requests.Enqueue($"{request.Groups[1].Value} {request.Groups[2].Value}");
    }

    /// <summary>A line of the access log.</summary>
    [GeneratedRegex("\"([A-Z]+) [^\"]* HTTP/1.1\" (\\d+)")]
    private static partial Regex Request();

    /// <summary>Part of the keys of pages of names, and of the register of the acceptor set.</summary>
    [GeneratedRegex("names-|_21acceptors")]
    private static partial Regex SilosLookFor();
}
