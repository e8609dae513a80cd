namespace Orleans.Paxos.Verification.Exploration;

/// <summary>Nothing is broken; acceptors step, persist and release in moves of their own.</summary>
internal sealed class StepByStepRules : SmallWorldRules
{
    public override Storing PromiseIsStored => Storing.StepByStep;

    public override Storing AcceptanceIsStored => Storing.StepByStep;
}
