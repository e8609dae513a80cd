using System.Net;
using System.Text;
using Orleans.Paxos.Cli.Connections;
using Orleans.Paxos.Cli.Http;

namespace Orleans.Paxos.Tests.Cli;

public sealed class HttpLockSessionTests
{
    private static readonly Uri Server = new("http://127.0.0.1:8080/");

    [Fact]
    public async Task Who_waits_for_a_lock_goes_on_when_the_only_silo_starts_anew()
    {
        var silo = new RestartingSilo();
        using var http = new HttpClient(silo) { Timeout = Timeout.InfiniteTimeSpan };
        var timing = new HttpTiming(TimeProvider.System, TimeSpan.FromSeconds(30));
        using var client = new HttpRegisterClient(http, new CertificateCheck(), new RegisterAddress(Server), timing, live: null);
        var coordination = new HttpCoordination(new FailoverRegisterClient([client], timing, Assert.Fail), timing);
        await using var session = await new HttpLocks(coordination, timing, Assert.Fail).OpenAsync(TimeSpan.FromSeconds(6), "a test", longest: null, TestContext.Current.CancellationToken);
        Assert.Equal(7, await session.LockAsync("a", wait: null, TestContext.Current.CancellationToken));
        Assert.Equal(3, silo.Refused);
    }

    /// <summary>Refuses three connections after it has opened a session.</summary>
    private sealed class RestartingSilo : HttpMessageHandler
    {
        private const string Session = """{"id":"3f2a91c0-5b7d-4e0e-9a53-0c4d5e6f7a8b","owner":"a test","ttlSeconds":6,"deadlineSeconds":5}""";

        public int Refused { get; private set; }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (request.RequestUri!.AbsolutePath == "/v1/sessions")
                return Task.FromResult(Answer(HttpStatusCode.Created, Session));
            if (Refused < 3)
            {
                Refused++;
                throw new HttpRequestException(HttpRequestError.ConnectionError, "refused");
            }

            return Task.FromResult(Answer(HttpStatusCode.OK, request.RequestUri.AbsolutePath.StartsWith("/v1/locks/") ? """{"name":"a","token":7}""" : Session));
        }

        private static HttpResponseMessage Answer(HttpStatusCode status, string json) =>
            new(status) { Content = new StringContent(json, Encoding.UTF8, "application/json") };
    }
}
