using Orleans.Paxos;

namespace QuickStart;

/// <summary>Moves the schema on, one deployment at a time.</summary>
public sealed class Deployments(IRegisters registers)
{
    private readonly IRegister<SchemaVersion> _schema = registers.Get<SchemaVersion>("app/schema");

    /// <summary>The schema's version; null before the first deployment.</summary>
    public async Task<SchemaVersion?> CurrentAsync() => (await _schema.GetAsync()).Value;

    /// <summary>Moves on, unless another deployment has meanwhile.</summary>
    /// <returns>Whether it did.</returns>
    public async Task<bool> TryMoveOnAsync(string note)
    {
        var current = await _schema.GetAsync();
        var next = new SchemaVersion((current.Value?.Number ?? 0) + 1, note);
        return (await _schema.CompareAndSetAsync(next, current.Version)).Applied;
    }
}
