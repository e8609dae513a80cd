using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;
using Orleans.Paxos.Silo.Hosting.Membership;

namespace Orleans.Paxos.Verification.Chaos.Changes;

/// <summary>The Orleans client of an operator.</summary>
internal sealed class OperatorClient : IAsyncDisposable
{
    private static readonly TimeSpan BetweenLooksForGateways = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly IHost _host;

    private OperatorClient(IHost host) => _host = host;

    public IAcceptorSetClient Acceptors => _host.Services.GetRequiredService<IAcceptorSetClient>();

    /// <summary>Connects to a cluster.</summary>
    /// <param name="membershipFile">Where the silos are found.</param>
    public static async Task<OperatorClient> ConnectAsync(string membershipFile)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddLogging(static logging => logging.ClearProviders());
        builder.UseOrleansClient(client =>
        {
            client.Configure<ClusterOptions>(static options => (options.ClusterId, options.ServiceId) = ("paxos", "paxos"));
            client.Configure<GatewayOptions>(static options => options.GatewayListRefreshPeriod = BetweenLooksForGateways);
            client.Configure<ClientMessagingOptions>(static options => options.ResponseTimeout = Patience);
            client.UseMembershipFile(membershipFile);
            client.AddPaxos();
        });
        var host = builder.Build();
        await host.StartAsync();
        return new OperatorClient(host);
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
    }
}
