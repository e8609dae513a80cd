namespace Orleans.Paxos.Cli.Load.Targets;

/// <summary>What is put under load: something that holds named values.</summary>
/// <remarks>
/// Every call ends with its effect or throws: an operation that does nothing is an error, not a fast one. Calls come from many
/// threads at once, and end soon after their token is cancelled.
/// </remarks>
public interface ILoadTarget
{
    /// <summary>What the reports call it, such as <c>paxos over HTTP</c>.</summary>
    string Name { get; }

    /// <summary>Writes a value.</summary>
    /// <param name="register">The register's name.</param>
    /// <param name="value">The value. The caller never modifies it and may pass it again.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>A task that ends when the write is acknowledged.</returns>
    Task WriteAsync(string register, byte[] value, CancellationToken cancellationToken);

    /// <summary>Reads a value that was written before; one that is not there is an error.</summary>
    /// <param name="register">The register's name.</param>
    /// <param name="linearizable">Whether the value must be at least as new as every write acknowledged before the call.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>A task that ends when the value's bytes are here.</returns>
    Task ReadAsync(string register, bool linearizable, CancellationToken cancellationToken);

    /// <summary>Follows a register from what is there now, until the token is cancelled.</summary>
    /// <param name="register">The register's name.</param>
    /// <param name="seen">Is told version and value of each version seen, one after the other.</param>
    /// <param name="cancellationToken">Ends the watch.</param>
    /// <returns>A task that ends when the watch does.</returns>
    /// <exception cref="NotSupportedException">This target cannot watch.</exception>
    Task WatchAsync(string register, Action<long, ReadOnlyMemory<byte>> seen, CancellationToken cancellationToken);
}
