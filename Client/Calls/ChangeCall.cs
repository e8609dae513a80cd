namespace Orleans.Paxos;

/// <summary>A change: the first copy goes to the register's grain, unless that is suspect, and the others to proposers.</summary>
internal sealed class ChangeCall(string name, ChangeRequest request, SuspectRegisters suspects) : HedgedCall<ChangeOutcome>(name)
{
    private readonly bool _askGrain = !suspects.Contains(name);

    public override bool HasEffect => true;

    public override async Task<ChangeOutcome> SendAsync(IGateway gateway, int copy) => copy == 0 && _askGrain
        ? await gateway.Register(Key).ChangeAsync(request)
        : await gateway.ProposerOf(Key).ChangeAsync(Key, request);

    public override void Overdue(int copy)
    {
        if (copy == 0 && _askGrain)
            suspects.Add(Key);
    }

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
