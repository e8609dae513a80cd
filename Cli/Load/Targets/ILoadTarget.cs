namespace Orleans.Paxos.Cli.Load.Targets;

/// <summary>A target of load tests: a system that holds named values.</summary>
/// <remarks>
/// Every call takes effect or throws: an operation that does nothing is an error, not a fast operation. Calls are made from
/// many threads at once and end soon after their token is canceled.
/// </remarks>
public interface ILoadTarget
{
    /// <summary>The name in reports, such as <c>paxos over HTTP</c>.</summary>
    string Name { get; }

    /// <summary>Writes a value.</summary>
    /// <param name="register">The register's name.</param>
    /// <param name="value">The value. The caller never modifies it and may pass it again.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>A task that completes when the write is acknowledged.</returns>
    Task WriteAsync(string register, byte[] value, CancellationToken cancellationToken);

    /// <summary>Reads a value that was written before. A missing value is an error.</summary>
    /// <param name="register">The register's name.</param>
    /// <param name="linearizable">Whether the value must be at least as new as every write acknowledged before the call.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>A task that completes when the value has been received.</returns>
    Task ReadAsync(string register, bool linearizable, CancellationToken cancellationToken);

    /// <summary>Watches a register from its current version until the token is canceled.</summary>
    /// <param name="register">The register's name.</param>
    /// <param name="seen">Called with the version and the value of each version, one after the other.</param>
    /// <param name="cancellationToken">Ends the watch.</param>
    /// <returns>A task that completes when the watch ends.</returns>
    /// <exception cref="NotSupportedException">This target cannot watch.</exception>
    Task WatchAsync(string register, Action<long, ReadOnlyMemory<byte>> seen, CancellationToken cancellationToken);

    /// <summary>Watches all registers below a prefix, from their current versions, until the token is canceled.</summary>
    /// <param name="prefix">The prefix.</param>
    /// <param name="listing">Called with true before the current versions, and with false after them.</param>
    /// <param name="seen">Called with the register, the version and the value of each version, one after the other.</param>
    /// <param name="cancellationToken">Ends the watch.</param>
    /// <returns>A task that completes when the watch ends.</returns>
    /// <exception cref="NotSupportedException">This target cannot watch a prefix.</exception>
    Task WatchPrefixAsync(string prefix, Action<bool> listing, Action<string, long, ReadOnlyMemory<byte>> seen, CancellationToken cancellationToken) =>
        throw new NotSupportedException($"{Name} cannot watch a prefix.");
}
