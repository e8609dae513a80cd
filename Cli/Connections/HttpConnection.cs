using Orleans.Paxos.Cli.Http;
using Orleans.Paxos.Cli.Load.Targets;

namespace Orleans.Paxos.Cli.Connections;

/// <summary>A connection to the HTTP interface of one silo.</summary>
internal sealed class HttpConnection : IConnection
{
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(5);

    private readonly HttpClient _http;
    private readonly HttpClient _loadHttp;
    private readonly HttpRegisterClient _registers;

    public HttpConnection(ConnectionTarget target, TimeProvider time, Action<string> notice)
    {
        var certificate = new CertificateCheck();
        var handler = new SocketsHttpHandler
        {
            ConnectTimeout = ConnectTimeout,
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = !target.Url.IsLoopback,
            SslOptions = { RemoteCertificateValidationCallback = certificate.Validate },
        };
        _http = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
        target.Key?.AddTo(_http.DefaultRequestHeaders);
        _loadHttp = new HttpClient(handler, disposeHandler: false) { Timeout = target.Timeout };
        target.Key?.AddTo(_loadHttp.DefaultRequestHeaders);
        LoadTarget = new HttpTarget(_loadHttp, target.Url);
        _registers = new HttpRegisterClient(_http, certificate, new RegisterAddress(target.Url), new HttpTiming(time, target.Timeout), notice);
    }

    public IRegisterClient Registers => _registers;

    /// <summary>The target of load tests. It bypasses the register client, which parses JSON and times each request, so that the load generator uses little CPU.</summary>
    public ILoadTarget LoadTarget { get; }

    public Task<StatusReport> StatusAsync(CancellationToken cancellationToken) => _registers.StatusReportAsync(cancellationToken);

    public ValueTask DisposeAsync()
    {
        _loadHttp.Dispose();
        _http.Dispose();
        return ValueTask.CompletedTask;
    }
}
