using Orleans.Paxos;

namespace QuickStart;

/// <summary>Advances the schema version, one deployment at a time.</summary>
public sealed class Deployments(IRegisters registers)
{
    private readonly IRegister<SchemaVersion> _schema = registers.Get<SchemaVersion>("app/schema");

    /// <summary>Gets the version of the schema; null before the first deployment.</summary>
    public async Task<SchemaVersion?> CurrentAsync() => (await _schema.GetAsync()).Value;

    /// <summary>Advances the version, unless another deployment has done so meanwhile.</summary>
    /// <returns>Whether this deployment advanced it.</returns>
    public async Task<bool> TryMoveOnAsync(string note)
    {
        var current = await _schema.GetAsync();
        var next = new SchemaVersion((current.Value?.Number ?? 0) + 1, note);
        return (await _schema.CompareAndSetAsync(next, current.Version)).Applied;
    }
}
