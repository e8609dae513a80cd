namespace Orleans.Paxos.Client.Calls;

/// <summary>A call for one register. It goes to the register's grain, and to proposers when the grain does not answer.</summary>
internal abstract class RegisterCall<T>(string name, SuspectRegisters suspects) : HedgedCall<T>(name)
{
    public override bool MayAskGrain() => !suspects.Contains(Key);

    public override void GrainFailed() => suspects.Add(Key);

    public override Task<bool> GrainAnswersAsync(long since) => suspects.ProbeAsync(Key, since);
}
