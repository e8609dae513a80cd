using Orleans.Storage;

namespace Orleans.Paxos.Verification.Simulation.World;

/// <summary>A write that a disk has received and not flushed yet.</summary>
/// <param name="apply">Carries it out and returns the new ETag of the record.</param>
internal sealed class UnflushedWrite(Func<string> apply)
{
    private string? _etag;
    private InconsistentStateException? _conflict;

    public void Apply()
    {
        try
        {
            _etag = apply();
        }
        catch (InconsistentStateException conflict)
        {
            _conflict = conflict;
        }
    }

    /// <summary>Gets the new ETag of the record.</summary>
    /// <exception cref="InconsistentStateException">The record has changed since the writer read it.</exception>
    public string ETag() => _etag ?? throw _conflict!;
}
