using Orleans.Paxos.Cli.Errors;

namespace Orleans.Paxos.Cli.Settings;

/// <summary>Reads a shape from its register.</summary>
internal static class StoredShape
{
    /// <returns>The shape; null when the register has no value.</returns>
    /// <exception cref="UsageException">The value is not a shape.</exception>
    public static ShapeGroup? Read(string name, RegisterEntry? entry)
    {
        if (entry is null or { Deleted: true })
            return null;
        try
        {
            return ShapeDocument.Read(entry.Value);
        }
        catch (FormatException exception)
        {
            throw new UsageException(
                $"The register '{name}' does not hold the shape of settings files. {exception.Message}",
                $"Delete it ('paxos delete {name}') to go on without the types and the order of the keys, then import again.");
        }
    }
}
