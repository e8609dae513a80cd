using System.Text;

namespace Orleans.Paxos.Tests.Silo;

/// <summary>Makes requests byte by byte, from right through almost right to absurd. One seed makes one request.</summary>
internal sealed class RawRequests
{
    private static readonly string[] Methods = ["GET", "HEAD", "PUT", "PUT", "DELETE"];
    private static readonly string[] OddMethods = ["POST", "OPTIONS", "PATCH", "TRACE", "CONNECT", "get", "B\0EW", ""];
    private static readonly string[] OddVersions = ["HTTP/1.0", "HTTP/1.0", "HTTP/2.0", "HTTP/9.9", "http/1.1", ""];
    private static readonly string[] Paths = ["/v1/registers/", "/v1/registers/", "/v1/registers/", "/v1/registers", "/v1/history/", "/v1/watch/", "/v1/status", "/health/ready"];
    private static readonly string[] OddPaths = ["/", "http://localhost/v1/registers/", "http://evil.example/v1/registers/", "/v1/../v1/registers/", "//v1/registers/", "*", "localhost:80", ""];
    private static readonly string[] Names = ["a", "b/c", "%C2%A0a", "%F0%9F%90%99", "..", "%2e%2e/x", new string('n', 256)];
    private static readonly string[] OddNames =
        ["%20", "%C2%A0", "%E2%80%A8", "%00", "%FF", "%ED%A0%80", "!x", "a//b", "a/", "%", "\u00e9", "x ", "\\", new string('n', 257), new string('n', 9000)];

    private static readonly string[] Numbers = ["0", "1", "2", "15", "16", "17", "1000000", "2147483647", "2147483648", "4294967296", "9223372036854775806", "9223372036854775807", "9223372036854775808", "-1", "+1", "1e3", "0x1", "", " 1 ", "\u0661"];
    private static readonly string[] Parameters = ["prefix", "after", "limit", "consistency", "values", "add", "Limit", "", "x"];
    private static readonly string[] Chunks = ["80000000", "7fffffff", "FFFFFFFF", "ffffffffffffffff", "10000000000000000", "0000000001", "-1", "", "g", "1;ext=x", "1;ext=\"", "1 ", " 1", "3", "0x1"];
    private static readonly string[] Hosts = ["localhost", "127.0.0.1:80", "[::1]"];
    private static readonly string[] OddHosts = ["evil.example", "[::1", "a b", "localhost:x", "", ",", "\u00ff"];
    private static readonly string[] Headers =
    [
        "If-Match", "If-None-Match", "Idempotency-Key", "Paxos-Floor", "Paxos-Fence", "Accept", "Last-Event-ID", "Range", "If-Range", "Content-Range", "Content-Encoding", "Content-Type", "Content-Length",
        "Transfer-Encoding", "Expect", "Upgrade", "Connection", "Authorization", "Origin", "Sec-Fetch-Site", "Access-Control-Request-Method", "TE", "Trailer", "Host", "Cookie", "X-HTTP-Method-Override", "Odd Name", "",
    ];

    private readonly Random _random;

    private RawRequests(int seed) => _random = new Random(seed);

    /// <summary>Makes the request of a seed.</summary>
    /// <returns>Its bytes.</returns>
    public static byte[] Create(int seed) => new RawRequests(seed).Create();

    private byte[] Create()
    {
        var end = OneIn(100) ? "\n" : OneIn(200) ? "\r" : "\r\n";
        var request = new StringBuilder();
        request.Append($"{Pick(Methods, OddMethods)} {Target()} {Pick(["HTTP/1.1"], OddVersions)}{end}");
        if (!OneIn(40))
            request.Append($"Host: {Pick(Hosts, OddHosts)}{end}");
        if (OneIn(3))
            request.Append($"Idempotency-Key: {new Guid(_random.Next(50) + 1, 0, 0, new byte[8])}{end}Paxos-Floor: {Pick(Numbers)}{end}");
        for (var count = OneIn(100) ? 80 : OneIn(2) ? 0 : _random.Next(4); count > 0; count--)
            request.Append($"{Pick(Headers)}:{(OneIn(10) ? "" : " ")}{Value()}{end}");
        request.Append(OneIn(2) ? $"Connection: close{end}" : "");
        AppendBody(request, end);
        var bytes = Encoding.Latin1.GetBytes(request.ToString());
        return OneIn(20) ? bytes[.._random.Next(bytes.Length)] : bytes;
    }

    private string Target()
    {
        var target = Pick(Paths, OddPaths);
        if (target.EndsWith('/') && target.Length > 1)
            target += OneIn(8) ? Text(12) : Pick(Names, OddNames);
        if (!OneIn(4))
            return target;
        var parameters = Enumerable.Range(0, _random.Next(3) + 1).Select(_ => $"{Pick(Parameters)}={(OneIn(2) ? Pick(Numbers) : OneIn(2) ? "stale" : Text(8))}");
        return $"{target}?{string.Join('&', parameters)}";
    }

    private string Value() => _random.Next(8) switch
    {
        0 => Pick(Numbers),
        1 => $"\"{Pick(Numbers)}\"",
        2 => $"W/\"{Pick(Numbers)}\", \"{Text(3)}\"",
        3 => Pick(["*", "chunked", "gzip", "gzip, chunked", "identity", "100-continue", "h2c", "websocket", "bytes 0-1/2", "bytes=0-", "application/json", "cross-site", "null"]),
        4 => $"{new Guid(_random.Next(), 0, 0, new byte[8])}",
        5 => new string('v', OneIn(10) ? 20_000 : 200),
        _ => Text(20),
    };

    private void AppendBody(StringBuilder request, string end)
    {
        switch (_random.Next(6))
        {
            case 0 or 1:
                request.Append(end);
                break;
            case 2:
                var body = Text(_random.Next(2000));
                request.Append($"Content-Length: {body.Length}{end}{end}{body}");
                break;
            case 3:
                request.Append($"Content-Length: {Pick(Numbers)}{end}{end}{Text(30)}");
                break;
            case 4:
                request.Append($"Transfer-Encoding: chunked{end}{end}1{end}x{end}2{end}yz{end}0{end}{(OneIn(4) ? $"Trailer: {Text(5)}{end}" : "")}{end}");
                break;
            default:
                request.Append($"Transfer-Encoding: chunked{end}{end}1{end}x{end}{Pick(Chunks)}{end}{Text(5)}{end}0{end}{end}");
                break;
        }
    }

    private string Text(int most)
    {
        const string Odd = "abc/%2F%zz%00%20\"*,;:=&+?#\\!.~\u00e9\u00ff\u007f{}<>()W0179 \t\r\n\0";
        return string.Concat(Enumerable.Range(0, _random.Next(most + 1)).Select(_ => Odd[_random.Next(OneIn(5) ? Odd.Length : Odd.Length - 5)]));
    }

    private string Pick(string[] right, string[] odd) => Pick(OneIn(12) ? odd : right);

    private string Pick(string[] from) => from[_random.Next(from.Length)];

    private bool OneIn(int times) => _random.Next(times) == 0;
}
