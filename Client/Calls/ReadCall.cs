namespace Orleans.Paxos;

/// <summary>A read of one register: the first copy goes to its grain, unless that is suspect, and the others to proposers.</summary>
internal sealed class ReadCall(string name, ReadConsistency consistency, SuspectRegisters suspects) : HedgedCall<RegisterEntry?>(name)
{
    private readonly bool _askGrain = !suspects.Contains(name);

    public override async Task<RegisterEntry?> SendAsync(IGateway gateway, int copy) => copy == 0 && _askGrain
        ? await gateway.Register(Key).ReadAsync(consistency)
        : await gateway.ProposerOf(Key).ReadAsync(Key);

    public override void Overdue(int copy)
    {
        if (copy == 0 && _askGrain)
            suspects.Add(Key);
    }
}
