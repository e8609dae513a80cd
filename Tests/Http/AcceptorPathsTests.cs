using System.Net;
using System.Text;
using System.Text.Json;

namespace Orleans.Paxos.Tests.Http;

public sealed class AcceptorPathsTests(HttpHost host) : IClassFixture<HttpHost>
{
    private readonly FakeAcceptorSet _acceptors = host.Acceptors = new FakeAcceptorSet();

    [Fact]
    public async Task The_set_and_the_step_of_its_change_are_told()
    {
        await _acceptors.ChangeAsync(new AcceptorChange(["a3"], ["a1"]), CancellationToken.None);
        var status = await JsonAsync(await host.Client.GetAsync("/v1/acceptors"));
        Assert.Equal((2, 2, "sweeping", 3), (Number(status, "epoch"), Number(status, "majority"), status.GetProperty("step").GetString(), Number(status, "swept")));
        Assert.Equal(["a2", "a3"], status.GetProperty("members").EnumerateArray().Select(static member => member.GetProperty("name").GetString()));
        Assert.Equal(["a1", "a2"], status.GetProperty("former").EnumerateArray().Select(static member => member.GetProperty("name").GetString()));
        Assert.Equal(["voting", "voting", "voting"], status.GetProperty("acceptors").EnumerateArray().Select(static acceptor => acceptor.GetProperty("standing").GetString()));
    }

    [Fact]
    public async Task A_change_is_accepted_with_the_joint_set()
    {
        var answer = await PostAsync("""{"add":["a3"],"remove":["a2"],"perSecond":100}""");
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        Assert.Equal(2, Number(await JsonAsync(answer), "epoch"));
        var change = Assert.Single(_acceptors.Changes);
        Assert.Equal(("a3", "a2", 100), (Assert.Single(change.Add), Assert.Single(change.Remove), change.PerSecond));
        var cancelled = await host.Client.DeleteAsync("/v1/acceptors/change");
        Assert.Equal((HttpStatusCode.OK, 3), (cancelled.StatusCode, Number(await JsonAsync(cancelled), "epoch")));
    }

    [Fact]
    public async Task What_is_left_out_is_none()
    {
        Assert.Equal(HttpStatusCode.Accepted, (await PostAsync("""{"add":["a3"]}""")).StatusCode);
        Assert.Equal((true, 0), (Assert.Single(_acceptors.Changes).Remove.IsEmpty, _acceptors.Changes[0].PerSecond));
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("""{"ad":["a3"]}""")]
    [InlineData("""{"add":"a3"}""")]
    [InlineData("""{"add":["a3"],"add":["a4"]}""")]
    [InlineData("""{"add":["a3"],"perSecond":"7"}""")]
    public async Task What_is_no_change_is_a_bad_body_and_begins_nothing(string body)
    {
        await HttpAssert.ProblemAsync(await PostAsync(body), HttpStatusCode.BadRequest, "bad-body");
        Assert.Empty(_acceptors.Changes);
    }

    [Fact]
    public async Task A_refusal_and_an_unknown_outcome_are_told_apart()
    {
        _acceptors.Failure = new AcceptorChangeRefusedException("There is no acceptor 'x' to remove.");
        await HttpAssert.ProblemAsync(await PostAsync("""{"remove":["x"]}"""), HttpStatusCode.Conflict, "acceptor-change-refused");
        await HttpAssert.ProblemAsync(await host.Client.DeleteAsync("/v1/acceptors/change"), HttpStatusCode.Conflict, "acceptor-change-refused");
        _acceptors.Failure = new OutcomeUnknownException("It is not known.", null);
        await HttpAssert.ProblemAsync(await PostAsync("""{"remove":["x"]}"""), HttpStatusCode.GatewayTimeout, "acceptor-change-unknown");
        _acceptors.Failure = new QuorumUnavailableException(["a1"], 2);
        await HttpAssert.ProblemAsync(await host.Client.GetAsync("/v1/acceptors"), HttpStatusCode.ServiceUnavailable, "quorum-unavailable");
    }

    private Task<HttpResponseMessage> PostAsync(string json) => host.Client.PostAsync("/v1/acceptors", new StringContent(json, Encoding.UTF8, "application/json"));

    private static async Task<JsonElement> JsonAsync(HttpResponseMessage answer) => JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;

    private static int Number(JsonElement json, string member) => json.GetProperty(member).GetInt32();
}
