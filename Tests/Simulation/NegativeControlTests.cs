using Orleans.Paxos.Verification.Simulation;
using Orleans.Paxos.Verification.Simulation.Controls;

namespace Orleans.Paxos.Tests.Simulation;

/// <summary>The simulation catches faults that are introduced on purpose. Without this, a simulation that finds nothing would mean nothing.</summary>
[Collection(nameof(SimulationTests))]
public sealed class NegativeControlTests(ITestOutputHelper output)
{
    public static TheoryData<string> Names => [.. NegativeControl.All.Select(control => control.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_control_is_caught_within_its_budget(string name)
    {
        var control = NegativeControl.Find(name)!;
        var caught = Catch(control, control.Budget, kind => kind is FailureKind.Invariant or FailureKind.History or FailureKind.Missed);
        Assert.True(caught, $"{control.What} was not caught in {control.Budget} seeds.");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void What_clients_are_told_gives_it_away_where_they_can_tell(string name)
    {
        var control = NegativeControl.Find(name)!;
        if (control.HistoryBudget is not { } budget)
            return;
        Assert.True(Catch(control, budget, kind => kind == FailureKind.History), $"No client was told anything wrong in {budget} seeds of {control.What}.");
    }

    private bool Catch(NegativeControl control, int budget, Func<FailureKind, bool> counts)
    {
        var campaign = new Campaign(new SeedRange(1, budget).Seeds(), Run, Environment.ProcessorCount);
        campaign.Execute(static _ => { }, TestContext.Current.CancellationToken);
        if (campaign.Failure is not { } caught)
            return false;
        output.WriteLine($"{control.What}: seed {caught.Seed}: {caught.Violations[0]}");
        return true;

        RunResult Run(long seed)
        {
            var result = SimulationRun.Execute(seed, control.Break());
            return result with { Violations = [.. result.Violations.Where(failure => counts(failure.Kind))] };
        }
    }
}
