using System.Net;
using Orleans.Paxos.Silo.Hosting;

namespace Orleans.Paxos.Tests.Silo;

public sealed class OwnAddressTests
{
    [Theory]
    [InlineData("10.1.2.3", "10.1.2.3")]
    [InlineData("::1", "::1")]
    [InlineData("localhost", "127.0.0.1")]
    public async Task An_address_or_a_name_of_one_is_taken(string address, string expected) =>
        Assert.Equal(IPAddress.Parse(expected), await OwnAddress.ResolveAsync(address, TestContext.Current.CancellationToken));

    [Fact]
    public async Task A_name_without_an_address_is_one_line()
    {
        var exception = await Assert.ThrowsAsync<StartException>(() => OwnAddress.ResolveAsync("no-such-host.invalid", TestContext.Current.CancellationToken));
        Assert.Contains("'no-such-host.invalid', a name without an address", StartFailure.Explain(exception));
    }
}
