namespace Orleans.Paxos.Verification.Exploration;

/// <summary>The correct rules, except that step, persist and release are separate moves of an acceptor.</summary>
internal sealed class StepByStepRules : SmallWorldRules
{
    public override Storing PromiseIsStored => Storing.StepByStep;

    public override Storing AcceptanceIsStored => Storing.StepByStep;
}
