using Orleans.Paxos.Protocol;
using Orleans.Paxos.Storage;
using Orleans.Paxos.Verification.Simulation.Cluster;
using Orleans.Paxos.Verification.Simulation.World;

namespace Orleans.Paxos.Verification.Simulation.Faults;

/// <summary>
/// Someone who changes the acceptor set at random moments, from any silo: to any other set, back again, and to replace disks that are lost. As in the
/// runbooks, a disk is wiped only when no change is under way and its acceptor is in no set. At most a minority of a set loses its disks.
/// </summary>
/// <param name="cluster">The cluster.</param>
/// <param name="dice">Random numbers of its own.</param>
internal sealed class SetOperator(SimulatedCluster cluster, Dice dice)
{
    private const int MostMembers = 5;

    private readonly List<AcceptorIdentity> _lost = [];
    private Machine? _busyAt;
    private bool _isUncertain;
    private bool _ended;

    /// <summary>Begins to act.</summary>
    public void Begin() => Next();

    /// <summary>Begins nothing any more.</summary>
    public void End() => _ended = true;

    private void Next() => cluster.Schedule.After(dice.Between(TimeSpan.FromMilliseconds(20), TimeSpan.FromSeconds(2)), () =>
    {
        if (_ended)
            return;
        Act(dice.Pick(cluster.Silos));
        Next();
    });

    private void Act(SimulatedSilo silo)
    {
        if (!silo.IsUp || _busyAt is { IsAlive: true })
            return;
        _busyAt = silo.Machine;
        silo.Machine.Post(() => _ = ActAsync(silo));
    }

    private async Task ActAsync(SimulatedSilo silo)
    {
        try
        {
            var (plan, _) = await silo.Driver.ProgressAsync();
            var set = plan?.Set ?? cluster.Set;
            if (_ended)
                return;
            if (plan is { IsDone: false })
                await DisturbAsync(silo, set);
            else
                await ChangeOrWipeAsync(silo, set);
        }
        catch (Exception exception) when (exception is QuorumUnavailableException or OutcomeUnknownException or AcceptorChangeRefusedException or AcceptorSetMismatchException)
        {
            cluster.Trace.Line(silo.Name, $"operator: {exception.Message}");
            _isUncertain &= exception is not (QuorumUnavailableException or AcceptorChangeRefusedException);
        }
        catch (Exception exception)
        {
            cluster.Monitor.Threw(silo.Name, exception);
        }
        finally
        {
            _busyAt = null;
        }
    }

    private async Task DisturbAsync(SimulatedSilo silo, AcceptorSet set)
    {
        silo.Drive();
        if (dice.Chance(0.2) && set.IsJoint)
        {
            cluster.Trace.Line(silo.Name, "operator: cancels");
            await silo.Driver.CancelAsync();
        }
        else if (dice.Chance(0.2))
        {
            LoseDisk(set);
        }
    }

    private async Task ChangeOrWipeAsync(SimulatedSilo silo, AcceptorSet set)
    {
        if (dice.Chance(0.2))
            LoseDisk(set);
        else if (dice.Chance(0.3))
            Wipe(name => cluster.Monitor.Identities.Of(name) is { Voting: true, Member: null });
        else
            await ChangeAsync(silo, Draw(set));
    }

    private async Task ChangeAsync(SimulatedSilo silo, AcceptorChange change)
    {
        cluster.Trace.Line(silo.Name, $"operator: adds {string.Join(' ', change.Add)}, removes {string.Join(' ', change.Remove)}");
        _isUncertain = true;
        await silo.Driver.ChangeAsync(change);
        _isUncertain = false;
        if (dice.Chance(0.7))
            silo.Drive();
    }

    /// <summary>Another place for a disk that is lost, or any other set.</summary>
    private AcceptorChange Draw(AcceptorSet set)
    {
        var perSecond = dice.Chance(0.5) ? 0 : dice.Between(1, 100);
        ImmutableArray<string> names = [.. set.Members.Select(static member => member.Name)];
        ImmutableArray<string> lost = [.. set.Members.Where(IsLost).Select(static member => member.Name)];
        if (!lost.IsEmpty && dice.Chance(0.7))
            return new AcceptorChange([dice.Chance(0.5) ? lost[0] : dice.Pick(cluster.Silos).Name], [lost[0]], perSecond);
        var target = cluster.Silos.Select(static silo => silo.Name).OrderBy(_ => dice.NewId()).Take(dice.Between(1, MostMembers)).ToList();
        return new AcceptorChange([.. target.Except(names)], [.. names.Except(target)], perSecond);
    }

    private void LoseDisk(AcceptorSet set)
    {
        var silo = dice.Pick(cluster.Silos);
        if (_isUncertain || cluster.Monitor.Identities.Of(silo.Name) is not { Voting: true } identity || identity.Set.MemberOf(silo.Name) is null)
            return;
        if (Spares(set.Members, identity) && Spares(set.Former, identity) && Blank(silo, "loses its disk"))
            _lost.Add(identity);
    }

    /// <summary>Whether a majority of acceptors would still have their disks. One that has never voted may not begin to any more.</summary>
    private bool Spares(ImmutableArray<AcceptorMember> members, AcceptorIdentity losing) =>
        members.IsEmpty || members.Count(each => !losing.Is(each) && cluster.Monitor.Identities.Of(each.Name) is { Voting: true } held && held.Is(each)) >= new Quorums(members.Length).Majority;

    private bool IsLost(AcceptorMember member) => _lost.Exists(identity => identity.Is(member));

    private void Wipe(Func<string, bool> isInNoSet)
    {
        if (_isUncertain)
            return;
        foreach (var silo in cluster.Silos.Where(silo => isInNoSet(silo.Name) && cluster.Monitor.Identities.Of(silo.Name) is { Voting: true }))
            Blank(silo, "is wiped");
    }

    /// <summary>
    /// Makes a disk blank. Not the last one of the first set's acceptors: if all of these start with blank disks and meet nobody who knows better, they
    /// are a new cluster.
    /// </summary>
    private bool Blank(SimulatedSilo silo, string what)
    {
        if (cluster.Set.Names.All(name => name == silo.Name || cluster.Monitor.Identities.Of(name) is null or { Voting: false } or { WasEnrolled: true }))
            return false;
        cluster.Trace.Line(silo.Name, what);
        silo.StopOtherAcceptors();
        silo.KillAfter(0);
        silo.Disk.Lose(cluster.Parts.IdentityOutlivesDisk);
        cluster.Schedule.After(TimeSpan.FromMilliseconds(dice.Spread(20, 2000)), () =>
        {
            if (!silo.IsUp)
                silo.Start();
        });
        return true;
    }
}
