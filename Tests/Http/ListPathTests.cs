using System.Net;
using System.Text.Json;

namespace Orleans.Paxos.Tests.Http;

public sealed class ListPathTests(HttpHost host) : IClassFixture<HttpHost>
{
    [Fact]
    public async Task Pages_hold_every_name_in_byte_order_and_link_to_the_next()
    {
        string[] names = ["odd/\u00e9", "odd/\U0001F419", "odd/a b", "odd/a&b=c", "odd/a+b", "odd/a%", "odd/\uFFFD", "odd/z"];
        foreach (var name in names)
            await host.Registers.ChangeAsync(name, Change.Set([1]));

        var seen = new List<string>();
        var pages = 0;
        for (string? next = "/v1/registers?prefix=odd/&limit=3"; next is not null; pages++)
        {
            var response = await host.Client.GetAsync(next);
            seen.AddRange((await HttpAssert.JsonAsync(response)).Deserialize<string[]>()!);
            next = HttpAssert.NextPage(response);
        }

        Assert.Equal(3, pages);
        Assert.Equal(names.OrderBy(name => Convert.ToHexString(System.Text.Encoding.UTF8.GetBytes(name)), StringComparer.Ordinal), seen);
    }

    [Fact]
    public async Task Values_ComeAsEnvelopesPageByPage()
    {
        foreach (var name in new[] { "val/a", "val/b", "val/c" })
            await host.Registers.ChangeAsync(name, Change.Set(System.Text.Encoding.UTF8.GetBytes(name)));

        var seen = new List<(string?, long, string?)>();
        var pages = 0;
        for (string? next = "/v1/registers?prefix=val/&limit=2&values=true"; next is not null; pages++)
        {
            var response = await host.Client.GetAsync(next);
            seen.AddRange((await HttpAssert.JsonAsync(response)).EnumerateArray().Select(each =>
                (each.GetProperty("name").GetString(), each.GetProperty("version").GetInt64(), each.GetProperty("value").GetString())));
            next = HttpAssert.NextPage(response);
        }

        Assert.Equal(2, pages);
        Assert.Equal([("val/a", 1, "val/a"), ("val/b", 1, "val/b"), ("val/c", 1, "val/c")], seen);
    }

    [Fact]
    public async Task Deleted_registers_and_other_prefixes_are_not_listed()
    {
        await host.Registers.ChangeAsync("del/a", Change.Set([1]));
        await host.Registers.ChangeAsync("del/b", Change.Set([1]));
        await host.Registers.ChangeAsync("del/b", Change.Delete());
        await host.Registers.ChangeAsync("delta", Change.Set([1]));
        Assert.Equal("[\"del/a\"]", await host.Client.GetStringAsync("/v1/registers?prefix=del/"));
        Assert.Equal("[]", await host.Client.GetStringAsync("/v1/registers/?prefix=del/&after=del/a"));
    }

    [Theory]
    [InlineData("limit=1", HttpStatusCode.OK)]
    [InlineData("limit=10000", HttpStatusCode.OK)]
    [InlineData("limit=0", HttpStatusCode.BadRequest)]
    [InlineData("limit=10001", HttpStatusCode.BadRequest)]
    [InlineData("limit=-1", HttpStatusCode.BadRequest)]
    [InlineData("limit=", HttpStatusCode.BadRequest)]
    [InlineData("limit=ten", HttpStatusCode.BadRequest)]
    [InlineData("limit=99999999999999999999", HttpStatusCode.BadRequest)]
    [InlineData("values=true", HttpStatusCode.OK)]
    [InlineData("values=false", HttpStatusCode.OK)]
    [InlineData("values=", HttpStatusCode.BadRequest)]
    [InlineData("values=yes", HttpStatusCode.BadRequest)]
    [InlineData("prefix=%ff", HttpStatusCode.BadRequest)]
    [InlineData("prefix=a//", HttpStatusCode.BadRequest)]
    [InlineData("prefix=a&prefix=b", HttpStatusCode.BadRequest)]
    [InlineData("&&", HttpStatusCode.OK)]
    [InlineData("&&=&x", HttpStatusCode.BadRequest)]
    public async Task Parameters_are_checked(string query, HttpStatusCode status)
    {
        var answer = await host.SendRawAsync(HttpHost.Request("GET", $"/v1/registers?{query}"));
        Assert.StartsWith($"HTTP/1.1 {(int)status} ", answer);
        Assert.Contains(status == HttpStatusCode.OK ? "application/json" : "application/problem+json", answer);
    }
}
