namespace Orleans.Paxos.Verification.Simulation.Coordination;

/// <summary>The registers of a process, which can be made to hang while its next renewal is under way.</summary>
internal sealed class RenewalHook(IRegisterClient registers) : RegisterClientDecorator(registers)
{
    /// <summary>Called once, when the next renewal of a session has been sent.</summary>
    public Action? Sent { get; set; }

    public override Task<ChangeOutcome> ChangeAsync(string name, Change change, ChangeOptions? options = null, CancellationToken cancellationToken = default)
    {
        var outcome = base.ChangeAsync(name, change, options, cancellationToken);
        if (RegisterName.IsBelow(name, ReservedNames.Sessions))
        {
            Sent?.Invoke();
            Sent = null;
        }

        return outcome;
    }
}
