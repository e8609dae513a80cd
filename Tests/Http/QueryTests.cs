using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Orleans.Paxos.Silo.Http;

namespace Orleans.Paxos.Tests.Http;

public sealed class QueryTests(HttpHost host) : IClassFixture<HttpHost>
{
    [Theory]
    [InlineData("conistency=stale")]
    [InlineData("Consistency=stale")]
    [InlineData("consistency=stale&x")]
    [InlineData("limit=1&prefx=a")]
    [InlineData("after=1&=")]
    [InlineData("%61fter%20=1")]
    public async Task An_unknown_or_misspelt_parameter_is_400_on_every_path(string query)
    {
        var requests = host.Paths.SelectMany(path => path.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods
            .Select(method => (method, path.RoutePattern.RawText!.Replace("{**name}", "x").Replace("{id}", "x")))).ToList();
        Assert.True(requests.Count > 12);
        foreach (var (method, path) in requests)
        {
            var answer = await host.SendRawAsync(HttpHost.Request(method, $"{path}?{query}", body: method == "PUT" ? "v" : ""));
            Assert.True(answer.StartsWith("HTTP/1.1 400 "), $"{method} {path}?{query}: {answer}");
        }

        Assert.Equal(0, host.Registers.Changes);
    }

    [Theory]
    [InlineData("GET", "/v1/registers/x?conistency=stale", "'conistency' here: this path takes consistency with")]
    [InlineData("PUT", "/v1/registers/x?consistency=stale", "'consistency' here: this path takes no parameters with")]
    [InlineData("POST", "/v1/registers/x?ad=5", "'ad' here: this path takes add with")]
    [InlineData("GET", "/v1/registers?Prefix=a", "'Prefix' here: this path takes prefix, after, limit, values with")]
    [InlineData("GET", "/v1/watch/x?since=1", "'since' here: this path takes after with")]
    [InlineData("GET", "/health/ready?verbose", "'verbose' here: this path takes no parameters with")]
    public async Task The_error_names_the_parameters_that_there_are(string method, string target, string expected) =>
        Assert.Contains(expected, await host.SendRawAsync(HttpHost.Request(method, target)));

    [Fact]
    public void The_query_of_a_request_is_parsed_once()
    {
        var context = new DefaultHttpContext { Request = { QueryString = new QueryString("?after=a") } };
        var query = Query.Of(context);
        Assert.Equal("a", query.Text("after"));
        Assert.Same(query, Query.Of(context));
        Assert.NotSame(query, Query.Of(new DefaultHttpContext()));
    }

    [Theory]
    [InlineData("/v1/status?")]
    [InlineData("/v1/registers/x?&consistency=stale&")]
    public async Task What_is_empty_is_no_parameter(string target) =>
        Assert.DoesNotContain("bad-query", await host.SendRawAsync(HttpHost.Request("GET", target)));

    [Theory]
    [InlineData("/nothing?x=1", "404")]
    [InlineData("/v1/status?x=1", "405")]
    public async Task A_path_or_method_that_is_not_there_is_named_first(string target, string status) =>
        Assert.StartsWith($"HTTP/1.1 {status} ", await host.SendRawAsync(HttpHost.Request("DELETE", target)));
}
