using System.Net;

namespace Orleans.Paxos.Tests.Http;

public sealed class BodyTests(HttpHost host) : IClassFixture<HttpHost>
{
    private const int CutOffAtOnce = 100;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(1000)]
    public async Task A_value_up_to_the_limit_is_written(int bytes)
    {
        var response = await host.Client.PutAsync($"/v1/registers/size/{bytes}", new ByteArrayContent(new byte[bytes]));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(bytes, (await host.Registers.ReadAsync($"size/{bytes}"))!.Value.Length);
    }

    [Theory]
    [InlineData(1001)]
    [InlineData(5_000_000)]
    public async Task A_value_over_the_limit_is_refused_with_both_sizes(int bytes)
    {
        var response = await host.Client.PutAsync("/v1/registers/size/over", new ByteArrayContent(new byte[bytes]));
        var problem = await HttpAssert.ProblemAsync(response, HttpStatusCode.RequestEntityTooLarge, "value-too-large");
        Assert.Equal(bytes, problem.GetProperty("sizeBytes").GetInt64());
        Assert.Equal(1000, problem.GetProperty("limitBytes").GetInt64());
        Assert.Null(await host.Registers.ReadAsync("size/over"));
    }

    [Fact]
    public async Task A_length_over_the_limit_is_refused_before_the_body_comes()
    {
        var answer = await host.SendRawAsync("PUT /v1/registers/size/announced HTTP/1.1\r\nHost: x\r\nContent-Length: 999999999999\r\nExpect: 100-continue\r\n\r\n");
        Assert.StartsWith("HTTP/1.1 413 ", answer);
        Assert.Contains("\"sizeBytes\":999999999999", answer);
    }

    [Fact]
    public async Task A_chunked_body_is_counted_as_it_comes()
    {
        var chunks = string.Concat(Enumerable.Repeat("190\r\n" + new string('x', 400) + "\r\n", 3));
        var answer = await host.SendRawAsync($"PUT /v1/registers/size/chunked HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n{chunks}");
        Assert.StartsWith("HTTP/1.1 413 ", answer);
        Assert.Null(await host.Registers.ReadAsync("size/chunked"));
    }

    [Theory]
    [InlineData("Content-Length: 100\r\n\r\nhalf of it")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n64\r\nhalf of it")]
    public async Task A_body_cut_off_in_the_middle_writes_nothing(string rest)
    {
        await using var own = new HttpHost();
        await own.InitializeAsync();
        await Task.WhenAll(Enumerable.Range(0, CutOffAtOnce).Select(_ =>
            own.SendRawAsync($"PUT /v1/registers/cut HTTP/1.1\r\nHost: x\r\n{rest}", closeAfterwards: true)));
        Assert.Equal(HttpStatusCode.OK, (await own.Client.PutAsync("/v1/registers/other", new ByteArrayContent([1]))).StatusCode);
        await own.StopAsync(); // every request has ended now
        Assert.Equal(1, own.Registers.Changes);
        Assert.Empty(own.Warnings.Lines);
    }

    [Fact]
    public async Task A_malformed_chunk_is_a_bad_request()
    {
        var answer = await host.SendRawAsync("PUT /v1/registers/chunk HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n");
        Assert.StartsWith("HTTP/1.1 400 ", answer);
        Assert.Contains("application/problem+json", answer);
        Assert.Null(await host.Registers.ReadAsync("chunk"));
    }
}
