using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Paxos.Cli.Errors;
using Orleans.Paxos.Cli.Http;
using Orleans.Paxos.Cli.Load.Targets;

namespace Orleans.Paxos.Cli.Connections;

/// <summary>A connection through Orleans gateways.</summary>
internal sealed class GatewayConnection : IConnection
{
    private readonly IHost _host;

    private GatewayConnection(IHost host) => _host = host;

    public IRegisterClient Registers => _host.Services.GetRequiredService<IRegisterClient>();

    public ICoordination Coordination => _host.Services.GetRequiredService<ICoordination>();

    public ILockConnection Locks => new GatewayLocks(Coordination, TimeProvider.System);

    public IBackupClient Backups => _host.Services.GetRequiredService<IBackupClient>();

    public IAcceptorSetConnection Acceptors => new GatewayAcceptorSet(_host.Services.GetRequiredService<IAcceptorSetClient>());

    public ILoadTarget LoadTarget => new RegisterTarget(Registers, "paxos by gateway");

    /// <exception cref="UsageException">A gateway is not host:port, or its host has no address.</exception>
    /// <exception cref="NoAnswerException">No gateway answers.</exception>
    public static async Task<GatewayConnection> OpenAsync(ConnectionTarget target, CancellationToken cancellationToken)
    {
        var endpoints = await GatewayAddress.ResolveAsync(target.Gateways, cancellationToken);
        var host = Build(target, endpoints);
        try
        {
            await StartAsync(host, target, cancellationToken);
            return new GatewayConnection(host);
        }
        catch
        {
            host.Dispose();
            throw;
        }
    }

    public async Task<StatusReport> StatusAsync(CancellationToken cancellationToken) =>
        StatusReport.From(await Registers.StatusAsync(cancellationToken));

    public async ValueTask DisposeAsync()
    {
        // Stops at once: nothing is left to send, and a gateway that hangs must not delay the end of the program.
        using var atOnce = new CancellationTokenSource();
        await atOnce.CancelAsync();
        try
        {
            await _host.StopAsync(atOnce.Token);
        }
        catch (OperationCanceledException)
        {
            // Expected: the stop was canceled.
        }

        _host.Dispose();
    }

    private static IHost Build(ConnectionTarget target, IPEndPoint[] endpoints)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        builder.UseOrleansClient(client =>
        {
            client.Configure<ClusterOptions>(options => (options.ClusterId, options.ServiceId) = (target.ClusterId, target.ServiceId));
            client.UseStaticClustering(endpoints);

            // A gateway that refuses is no gateway, or down: a command says so rather than to wait for it.
            client.UseConnectionRetryFilter((_, _) => Task.FromResult(false));
            client.AddPaxos(options => options.RequestTimeout = target.Timeout);
        });
        return builder.Build();
    }

    private static async Task StartAsync(IHost host, ConnectionTarget target, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(target.Timeout, TimeProvider.System);
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
        try
        {
            await host.StartAsync(ends.Token);
        }
        catch (OptionsValidationException exception)
        {
            throw new UsageException(string.Join(" ", exception.Failures), "Check --timeout.");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw NoAnswerException.AtGateways(target.Gateways, $"no answer for {target.Timeout.TotalSeconds:0.#} seconds");
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw NoAnswerException.AtGateways(target.Gateways, exception.GetBaseException().Message);
        }
    }

    /// <summary>Ignores the signals of the process, which the program handles itself.</summary>
    private sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
