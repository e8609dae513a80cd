using Orleans.Paxos.Cli.Http;
using Orleans.Paxos.Cli.Load.Targets;

namespace Orleans.Paxos.Cli.Connections;

/// <summary>The registers over the HTTP interfaces of silos.</summary>
internal sealed class HttpConnection : IConnection
{
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(5);

    private readonly HttpClient _loadHttp;
    private readonly ImmutableArray<HttpRegisterClient> _silos;
    private readonly FailoverRegisterClient _registers;

    public HttpConnection(ConnectionTarget target, TimeProvider time, Action<string> notice)
    {
        var timing = new HttpTiming(time, target.Timeout);
        _silos = [.. target.Urls.Select(url => Silo(url, target.Key, timing, mayGoOn: target.Urls.Length > 1))];
        _registers = new FailoverRegisterClient(_silos, timing, notice);
        Locks = new HttpLocks(new HttpCoordination(_registers, timing), timing, notice);
        Backups = new HttpBackups(_registers, timing);
        Acceptors = new HttpAcceptorSet(_registers, timing);
        var first = target.Urls[0];
        _loadHttp = Client(first, target.Key, new CertificateCheck(), target.Timeout);
        LoadTarget = new HttpTarget(_loadHttp, first);
    }

    public IRegisterClient Registers => _registers;

    public ILockConnection Locks { get; }

    public IBackupClient Backups { get; }

    public IAcceptorSetConnection Acceptors { get; }

    /// <summary>
    /// The first silo, past the register client, which reads JSON and times each request by a clock of its own: a load generator
    /// is to cost little.
    /// </summary>
    public ILoadTarget LoadTarget { get; }

    public Task<StatusReport> StatusAsync(CancellationToken cancellationToken) => _registers.StatusReportAsync(cancellationToken);

    public ValueTask DisposeAsync()
    {
        _loadHttp.Dispose();
        foreach (var silo in _silos)
            silo.Dispose();
        return ValueTask.CompletedTask;
    }

    private static HttpRegisterClient Silo(Uri url, AccessKey? key, HttpTiming timing, bool mayGoOn)
    {
        var certificate = new CertificateCheck();
        var http = Client(url, key, certificate, Timeout.InfiniteTimeSpan);
        var address = new RegisterAddress(url);
        var live = mayGoOn ? new LiveMonitor(cancellationToken => AskLiveAsync(http, address, cancellationToken), timing) : null;
        return new HttpRegisterClient(http, certificate, address, timing, live);
    }

    /// <summary>Asks whether the silo lives, on another connection than a watch has. Whatever it answers, it does.</summary>
    private static async Task AskLiveAsync(HttpClient http, RegisterAddress address, CancellationToken cancellationToken)
    {
        using var answer = await http.GetAsync(address.Live, cancellationToken);
    }

    private static HttpClient Client(Uri url, AccessKey? key, CertificateCheck certificate, TimeSpan timeout)
    {
        var handler = new SocketsHttpHandler
        {
            ConnectTimeout = ConnectTimeout,
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = !url.IsLoopback,
            SslOptions = { RemoteCertificateValidationCallback = certificate.Validate },
        };
        var http = new HttpClient(handler) { Timeout = timeout };
        key?.AddTo(http.DefaultRequestHeaders);
        return http;
    }
}
