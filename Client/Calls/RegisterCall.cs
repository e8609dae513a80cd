namespace Orleans.Paxos.Client.Calls;

/// <summary>A call of one register: to its grain, and to proposers when that does not answer.</summary>
internal abstract class RegisterCall<T>(string name, SuspectRegisters suspects) : HedgedCall<T>(name)
{
    public override bool MayAskGrain() => !suspects.Contains(Key);

    public override void GrainFailed() => suspects.Add(Key);

    public override Task<bool> GrainAnswersAsync(long since) => suspects.ProbeAsync(Key, since);
}
