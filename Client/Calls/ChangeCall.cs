using Orleans.Paxos.Client.Gateways;

namespace Orleans.Paxos.Client.Calls;

/// <summary>A change of one register.</summary>
internal sealed class ChangeCall(string name, ChangeRequest request, SuspectRegisters suspects) : RegisterCall<ChangeOutcome>(name, suspects)
{
    public override bool HasEffect => true;

    public override async Task<ChangeOutcome> SendAsync(IGateway gateway, bool toGrain) => toGrain
        ? await gateway.Register(Key).ChangeAsync(request)
        : await gateway.ProposerOf(Key).ChangeAsync(Key, request);

    public override Verdict Judge(Task<ChangeOutcome> answer)
    {
        if (answer.IsCompletedSuccessfully)
            return Verdict.Final;
        return answer.Failure() switch
        {
            ArgumentException or RegisterValueTooLargeException => Verdict.Final,
            QuorumUnavailableException or AcceptorSetMismatchException => Verdict.Unavailable,
            NotSentException => Verdict.Failed,
            _ => Verdict.Unknown,
        };
    }

    public override Exception GiveUp(bool effectPossible, string reason, Exception? lastFailure) => effectPossible
        ? new OutcomeUnknownException(request.RequestId, request.Floor, reason, lastFailure)
        : base.GiveUp(effectPossible, reason, lastFailure);
}
