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
        var answer = await host.SendRawAsync("PUT /v1/registers/size/announced HTTP/1.1\r\nHost: localhost\r\nContent-Length: 999999999999\r\nExpect: 100-continue\r\n\r\n");
        Assert.StartsWith("HTTP/1.1 413 ", answer);
        Assert.Contains("\"sizeBytes\":999999999999", answer);
    }

    [Fact]
    public async Task A_chunked_body_is_counted_as_it_comes()
    {
        var chunks = string.Concat(Enumerable.Repeat("190\r\n" + new string('x', 400) + "\r\n", 3));
        var answer = await host.SendRawAsync($"PUT /v1/registers/size/chunked HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n{chunks}");
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
            own.SendRawAsync($"PUT /v1/registers/cut HTTP/1.1\r\nHost: localhost\r\n{rest}", closeAfterwards: true)));
        Assert.Equal(HttpStatusCode.OK, (await own.Client.PutAsync("/v1/registers/other", new ByteArrayContent([1]))).StatusCode);
        await own.StopAsync(); // every request has ended now
        Assert.Equal(1, own.Registers.Changes);
        Assert.Empty(own.Warnings.Lines);
    }

    [Theory]
    [InlineData("zz\r\n")]
    [InlineData("80000000\r\n")]
    [InlineData("FFFFFFFF\r\nx\r\n0\r\n\r\n")]
    [InlineData("ffffffffffffffffffff\r\n")]
    [InlineData("1\r\nx\r\n80000000\r\n")]
    [InlineData("-1\r\n")]
    [InlineData("1\r\nxy0\r\n\r\n")]
    [InlineData("1\r\nx\r\n0\r\nno trailer\r\n\r\n")]
    public async Task A_malformed_chunk_is_a_bad_request(string chunks)
    {
        await using var own = new HttpHost();
        await own.InitializeAsync();
        var answer = await own.SendRawAsync($"PUT /v1/registers/chunk HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n{chunks}");
        Assert.StartsWith("HTTP/1.1 400 ", answer);
        Assert.Contains("application/problem+json", answer);
        await own.StopAsync();
        Assert.Equal(0, own.Registers.Changes);
        Assert.Empty(own.Warnings.Lines);
    }

    [Theory]
    [InlineData("X: \u00ff")]
    [InlineData("X: \0")]
    [InlineData("\u00ff: x")]
    public async Task A_trailer_that_is_no_text_is_a_bad_request(string trailer)
    {
        var before = host.Registers.Changes;
        var answer = await host.SendRawAsync($"PUT /v1/registers/trailer HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n0\r\n{trailer}\r\n\r\n");
        Assert.StartsWith("HTTP/1.1 400 ", answer);
        Assert.Equal(before, host.Registers.Changes);
    }

    [Theory]
    [InlineData("Content-Range: bytes 6-10/11", "400")]
    [InlineData("Content-Range: bytes 0-4/5", "400")]
    [InlineData("Content-Range:", "400")]
    [InlineData("content-encoding: gzip", "415")]
    [InlineData("Content-Encoding: identity, br", "415")]
    [InlineData("Content-Encoding: identity\r\nContent-Encoding: deflate", "415")]
    [InlineData("Content-Encoding: aes128gcm", "415")]
    [InlineData("Content-Encoding: identity", "200")]
    [InlineData("Content-Encoding: Identity,", "200")]
    [InlineData("Content-Encoding:", "200")]
    public async Task A_header_that_changes_what_the_body_means_is_refused(string header, string status)
    {
        var before = host.Registers.Changes;
        var answer = await host.SendRawAsync(HttpHost.Request("PUT", "/v1/registers/meaning", $"{header}\r\n", "there"));
        Assert.StartsWith($"HTTP/1.1 {status} ", answer);
        Assert.Equal(status == "200" ? before + 1 : before, host.Registers.Changes);
        Assert.Equal(status == "415", answer.Contains("Accept-Encoding: identity\r\n"));
        Assert.Equal(status == "200", !answer.Contains("Nothing was written."));
    }

    [Theory]
    [InlineData("gzip, chunked")]
    [InlineData("chunked\r\nTransfer-Encoding: gzip, chunked")]
    public async Task A_body_that_is_compressed_on_its_way_is_refused(string codings)
    {
        var before = host.Registers.Changes;
        var answer = await host.SendRawAsync($"PUT /v1/registers/coded HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nTransfer-Encoding: {codings}\r\n\r\n1\r\nx\r\n0\r\n\r\n");
        Assert.StartsWith("HTTP/1.1 400 ", answer);
        Assert.Equal(before, host.Registers.Changes);
    }
}
