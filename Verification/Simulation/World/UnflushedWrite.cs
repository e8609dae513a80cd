using Orleans.Storage;

namespace Orleans.Paxos.Verification.Simulation.World;

/// <summary>A write that a disk has received and not flushed yet.</summary>
/// <param name="apply">Carries it out and returns the new ETag of the record.</param>
internal sealed class UnflushedWrite(Func<string> apply)
{
    /// <summary>The new ETag of the record; empty before the write is carried out, and after a conflict.</summary>
    public string ETag { get; private set; } = "";

    /// <summary>That the record has changed since the writer read it; null if it has not.</summary>
    public InconsistentStateException? Conflict { get; private set; }

    public void Apply()
    {
        try
        {
            ETag = apply();
        }
        catch (InconsistentStateException conflict)
        {
            Conflict = conflict;
        }
    }
}
