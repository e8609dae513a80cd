namespace Orleans.Paxos.Verification.Simulation.World;

/// <summary>Writes one record, as a commit of its own.</summary>
internal static class RegisterStorageExtensions
{
    public static async Task WriteRegisterAsync<T>(
        this IRegisterStorage storage, string stateName, GrainId grainId, IGrainState<T> record, RegisterAddition? addition)
    {
        var write = new RegisterWrite(stateName, grainId, (IGrainState<StoredRecord>)record, addition);
        await storage.CommitAsync([write]);
        if (write.Refusal is not null)
            throw write.Refusal;
    }
}
