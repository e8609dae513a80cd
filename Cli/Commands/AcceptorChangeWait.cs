using Orleans.Paxos.Cli.Connections;
using Orleans.Paxos.Cli.Errors;
using Orleans.Paxos.Cli.Http;
using Orleans.Paxos.Cli.Output;

namespace Orleans.Paxos.Cli.Commands;

/// <summary>Waits until a change of the acceptor set is over, and shows how far it is.</summary>
internal sealed class AcceptorChangeWait(IConnection connection, CliConsole console, TimeProvider time)
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(500);

    /// <returns>The status when it is over.</returns>
    public async Task<AcceptorSetReport> UntilOverAsync(CancellationToken cancellationToken)
    {
        AcceptorSetReport? report = null;
        try
        {
            await ProgressBar.RunTitledAsync(console, "changing the acceptors", wanted: true, async show =>
            {
                while ((report = await LookAsync(cancellationToken) ?? report) is not { IsChanging: false })
                {
                    if (report is not null)
                        show(Title(report), report.Swept, Math.Max(report.Swept, report.Acceptors.Max(static acceptor => acceptor.Registers)));
                    await Task.Delay(BetweenLooks, time, cancellationToken);
                }
            });
        }
        catch (OperationCanceledException) when (report is { IsChanging: true })
        {
            console.Notice("The change goes on. 'paxos acceptors status' shows it, 'paxos acceptors cancel' takes it back.");
            throw;
        }

        return report!;
    }

    /// <returns>Null if nobody answers just now: while a silo is gone, another one takes over.</returns>
    private async Task<AcceptorSetReport?> LookAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await connection.Acceptors.StatusAsync(cancellationToken);
        }
        catch (Exception exception) when (exception.MayPass())
        {
            return null;
        }
    }

    private static string Title(AcceptorSetReport report) =>
        report.WaitsFor.Length > 0 ? $"{report.Step}, waiting" : report.RegistersPerSecond > 0 ? $"{report.Step}, {report.RegistersPerSecond:0} registers/s" : report.Step;
}
