using System.Text;
using Orleans.Paxos.Verification.Linearizability;
using Orleans.Paxos.Verification.Simulation.Clients;
using Orleans.Paxos.Verification.Simulation.Cluster;
using Orleans.Paxos.Verification.Simulation.Faults;

namespace Orleans.Paxos.Verification.Simulation.Coordination;

/// <summary>
/// The registers as sessions and locks use them: each change and each read is recorded, also if its process dies before the answer, so that the checker
/// judges the registers of sessions and locks, too.
/// </summary>
internal sealed class RecordedRegisters(IRegisterClient registers, SimulatedCluster cluster, Recorder recorder, SessionEnds ends, int number) : RegisterClientDecorator(registers)
{
    public override async Task<ChangeOutcome> ChangeAsync(string name, Change change, ChangeOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new ChangeOptions();
        options = options with { RequestId = options.RequestId ?? cluster.Dice.NewId() };
        var sent = options.ApplyTo(change);
        var asked = new Operation
        {
            Client = number,
            Register = name,
            Kind = RecordingClient.KindOf(sent),
            RequestId = options.RequestId.Value,
            Value = Encoding.UTF8.GetString(sent.Value),
            ExpectedVersion = sent.ExpectedVersion,
            Fence = sent.Fence,
            Invoked = recorder.Now(),
        };
        var place = recorder.Begin(asked);
        var isOfSession = RegisterName.IsBelow(name, ReservedNames.Sessions);
        if (isOfSession)
            ends.Sent(number, asked, sent);
        try
        {
            var outcome = await base.ChangeAsync(name, change, options, cancellationToken);
            recorder.End(place, asked with { Returned = recorder.Now(), Answer = RecordingClient.AnswerOf(outcome.Status), Entries = recorder.Told(asked, outcome) });
            if (isOfSession && outcome.Status == ChangeStatus.Applied)
                ends.Applied(number, asked);
            return outcome;
        }
        catch (QuorumUnavailableException) when (!cluster.Plan.IsPossible(FaultKind.CallDuplicated))
        {
            recorder.End(place, asked with { Returned = recorder.Now(), Answer = Answer.Unavailable });
            throw;
        }
    }

    public override async Task<RegisterEntry?> ReadAsync(string name, ReadConsistency consistency = ReadConsistency.Linearizable, CancellationToken cancellationToken = default)
    {
        var invoked = recorder.Now();
        var entry = await base.ReadAsync(name, consistency, cancellationToken);
        recorder.Add(new Operation
        {
            Client = number,
            Register = name,
            Kind = consistency == ReadConsistency.Linearizable ? OperationKind.Read : OperationKind.StaleRead,
            Invoked = invoked,
            Returned = recorder.Now(),
            Answer = Answer.Seen,
            Entries = recorder.Shown(entry),
        });
        return entry;
    }
}
