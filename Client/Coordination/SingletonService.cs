using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Orleans.Paxos.Client.Coordination;

/// <summary>
/// Runs a background service in the process that leads an election, and nowhere else. When the leadership is in danger, the service is stopped before
/// another may lead, and begins again where the next leader is.
/// </summary>
internal sealed partial class SingletonService<TService>(
    string election, SessionOptions session, ICoordination coordination, IServiceProvider services, TimeProvider time, ILogger<SingletonService<TService>> logger)
    : BackgroundService
    where TService : BackgroundService
{
    private const int ShareOfTimeToLiveToStop = 3;

    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await using var leadership = await coordination.Election<string>(election)
                    .CampaignAsync(session.OwnerText(), new AcquireOptions { OwnSession = session }, stoppingToken);
                await RunAsync(leadership, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                LogFailed(typeof(TService).Name, election, exception);
            }

            await Task.Delay(PauseAfterFailure, time, stoppingToken).EndAsync();
        }
    }

    /// <summary>Runs the service until it ends, the host stops, or the leadership is in danger; and returns when it has stopped.</summary>
    private async Task RunAsync(IHolding leadership, CancellationToken stoppingToken)
    {
        LogLeads(typeof(TService).Name, election, leadership.Token);
        await using var scope = services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<SingletonLeadership>().Holding = leadership;
        using var service = ActivatorUtilities.CreateInstance<TService>(scope.ServiceProvider);
        await service.StartAsync(stoppingToken);
        var endangered = ((Session)leadership.Session).EndangeredAsync(session.TimeToLive / ShareOfTimeToLiveToStop, stoppingToken);
        await Task.WhenAny(service.ExecuteTask ?? Task.CompletedTask, endangered);
        await service.StopAsync(leadership.Lost);
        if (service.ExecuteTask is { } execution)
        {
            if (!execution.IsCompleted)
                LogStillRuns(typeof(TService).Name, election);
            await execution;
        }
    }

    [LoggerMessage(EventId = 50, Level = LogLevel.Information, Message = "This process leads '{Election}' with token {Token} and runs {Service}.")]
    private partial void LogLeads(string service, string election, long token);

    [LoggerMessage(EventId = 51, Level = LogLevel.Warning, Message = "{Service} ended with an error. Another process, or this one, leads '{Election}' next.")]
    private partial void LogFailed(string service, string election, Exception exception);

    [LoggerMessage(EventId = 52, Level = LogLevel.Critical,
        Message = "{Service} was told to stop and still runs, and another process may lead '{Election}' from now on. Let its ExecuteAsync end when its token is cancelled.")]
    private partial void LogStillRuns(string service, string election);
}
