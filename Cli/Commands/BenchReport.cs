using Orleans.Paxos.Cli.Http;
using Orleans.Paxos.Cli.Load.Reports;

namespace Orleans.Paxos.Cli.Commands;

/// <summary>Creates the report of <c>paxos bench</c>.</summary>
internal static class BenchReport
{
    public static Report Of(BenchSettings settings, StatusReport status, IReadOnlyCollection<Measurement> measurements) => new()
    {
        Title = "paxos bench",
        Date = TimeProvider.System.GetUtcNow(),
        Command = settings.ToString(),
        Subject = $"{status.Acceptors.Length} acceptors, majority {status.Majority}",
        Machine = MachineDescription.Current(),
        Notes = ["The machine is the one that the load came from. Where the silos ran on it too, they had to share it with the load."],
        Measurements = [.. measurements],
    };
}
