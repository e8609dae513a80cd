using Orleans.Paxos.Verification.Simulation.Faults;

namespace Orleans.Paxos.Verification.Simulation;

/// <summary>The totals of many runs.</summary>
internal sealed class CampaignTotals
{
    public long Seeds { get; private set; }

    public long Operations { get; private set; }

    public long Steps { get; private set; }

    public long SplitInitialRounds { get; private set; }

    public long OverflowedWindows { get; private set; }

    public long ForgottenRegisters { get; private set; }

    public long RegistersBegunAgain { get; private set; }

    public long FencedWrites { get; private set; }

    public long Additions { get; private set; }

    public long Acquisitions { get; private set; }

    public long Takeovers { get; private set; }

    public long Sets { get; private set; }

    public TimeSpan SimulatedTime { get; private set; }

    public FaultCounts Faults { get; } = new();

    public void Add(RunResult result)
    {
        Seeds++;
        Operations += result.Operations.Count;
        Steps += result.Steps;
        SplitInitialRounds += result.SplitInitialRounds;
        OverflowedWindows += result.OverflowedWindows;
        ForgottenRegisters += result.ForgottenRegisters;
        RegistersBegunAgain += result.RegistersBegunAgain;
        FencedWrites += result.FencedWrites;
        Additions += result.Additions;
        Acquisitions += result.Acquisitions;
        Takeovers += result.Takeovers;
        Sets += result.Sets;
        SimulatedTime += TimeSpan.FromTicks(result.SimulatedTicks);
        Faults.Add(result.Counts);
    }
}
