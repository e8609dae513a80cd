namespace Orleans.Paxos;

/// <summary>Provides registers with typed values. Applications inject this interface.</summary>
public interface IRegisters
{
    /// <summary>Returns a register by its name, without calling the cluster.</summary>
    /// <typeparam name="T">
    /// The value's type: <c>byte[]</c> is stored as it is, <c>string</c> as UTF-8, any other type as JSON (System.Text.Json, web defaults).
    /// </typeparam>
    /// <param name="name">The register's name (see <see cref="RegisterName"/>).</param>
    /// <returns>The register.</returns>
    /// <exception cref="ArgumentException">The name breaks a rule.</exception>
    IRegister<T> Get<T>(string name);

    /// <summary>Returns a register that counts, without calling the cluster.</summary>
    /// <param name="name">The register's name (see <see cref="RegisterName"/>).</param>
    /// <returns>The counter. To set it to a number, or to delete it, use <see cref="Get"/> with <c>long</c> and the same name.</returns>
    /// <exception cref="ArgumentException">The name breaks a rule.</exception>
    ICounter Counter(string name);

    /// <summary>Lists the names of all registers that have a value, page by page.</summary>
    /// <param name="prefix">What the names start with; empty for all.</param>
    /// <param name="cancellationToken">Ends the enumeration.</param>
    /// <returns>The names in the order of their bytes in UTF-8.</returns>
    IAsyncEnumerable<string> ListAsync(string prefix = "", CancellationToken cancellationToken = default);

    /// <summary>Lists all registers that have a value with their values, page by page: a call for each page, not for each register.</summary>
    /// <typeparam name="T">The type of the values, as for <see cref="Get"/>.</typeparam>
    /// <param name="prefix">What the names start with; empty for all.</param>
    /// <param name="cancellationToken">Ends the enumeration.</param>
    /// <returns>
    /// The registers in the order of their names' bytes in UTF-8. Each value is linearizable by itself, as of the call for its page; together
    /// they are not one snapshot.
    /// </returns>
    /// <exception cref="RegisterValueFormatException">A value is not of the type; the exception names its register.</exception>
    IAsyncEnumerable<NamedValue<T>> ListValuesAsync<T>(string prefix = "", CancellationToken cancellationToken = default);

    /// <summary>
    /// Follows all registers below a prefix: begins with their current values, and goes on with every further version, of each register once
    /// and in order, until the caller stops (see <see cref="IRegisterClient.WatchPrefixAsync"/>).
    /// </summary>
    /// <typeparam name="T">The type of the values, as for <see cref="Get"/>.</typeparam>
    /// <param name="prefix">What the names start with; empty for all.</param>
    /// <param name="cursor">The <see cref="PrefixChanges{T}.Cursor"/> of the last changes, from which it goes on; empty to begin.</param>
    /// <param name="cancellationToken">Ends the enumeration.</param>
    /// <returns>The changes, tombstones included.</returns>
    /// <exception cref="RegisterValueFormatException">A value is not of the type; the exception names its register.</exception>
    IAsyncEnumerable<PrefixChanges<T>> WatchAsync<T>(string prefix = "", string cursor = "", CancellationToken cancellationToken = default);
}

/// <summary>One register with typed values. The exceptions are those of <see cref="IRegisterClient"/>.</summary>
/// <typeparam name="T">The value's type.</typeparam>
public interface IRegister<T>
{
    /// <summary>The register's name.</summary>
    string Name { get; }

    /// <summary>Reads the value.</summary>
    /// <param name="consistency">What the read guarantees.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The value with its version; <see cref="RegisterValue{T}.Exists"/> is false when it was never written, deleted, or forgotten.</returns>
    Task<RegisterValue<T>> GetAsync(ReadConsistency consistency = ReadConsistency.Linearizable, CancellationToken cancellationToken = default);

    /// <summary>Writes a value regardless of what the register holds.</summary>
    /// <param name="value">The value.</param>
    /// <param name="options">For a request that is sent again, or with a fence; null for a new one without.</param>
    /// <param name="cancellationToken">Ends the wait; the write may still happen.</param>
    /// <returns>The version written.</returns>
    Task<WriteResult<T>> SetAsync(T value, ChangeOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>Writes a value if the newest version is the expected one.</summary>
    /// <param name="value">The value.</param>
    /// <param name="expectedVersion">The expected version; 0 for a register that was never written, or was forgotten.</param>
    /// <param name="options">For a request that is sent again, or with a fence; null for a new one without.</param>
    /// <param name="cancellationToken">Ends the wait; the write may still happen.</param>
    /// <returns>Whether it was written, and the version written or the version that prevented it.</returns>
    Task<WriteResult<T>> CompareAndSetAsync(T value, long expectedVersion, ChangeOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>Writes a value if the register has none: never written, deleted, or forgotten.</summary>
    /// <param name="value">The value.</param>
    /// <param name="options">For a request that is sent again, or with a fence; null for a new one without.</param>
    /// <param name="cancellationToken">Ends the wait; the write may still happen.</param>
    /// <returns>Whether it was written, and the value written or the value decided earlier.</returns>
    Task<WriteResult<T>> DecideAsync(T value, ChangeOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>Deletes the value, if there is one.</summary>
    /// <param name="expectedVersion">The expected version; null for any version.</param>
    /// <param name="options">For a request that is sent again, or with a fence; null for a new one without.</param>
    /// <param name="cancellationToken">Ends the wait; the deletion may still happen.</param>
    /// <returns>Whether it was deleted, and the tombstone's version or the version that prevented it.</returns>
    Task<WriteResult<T>> DeleteAsync(long? expectedVersion = null, ChangeOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>Reads the newest versions.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The versions within the history's limits, oldest first, without gaps.</returns>
    Task<IReadOnlyList<RegisterValue<T>>> HistoryAsync(CancellationToken cancellationToken = default);

    /// <summary>Follows the register: yields every version after a given one, once each and in order, until the caller stops.</summary>
    /// <param name="after">What was seen last: a version, with the id of its request or without; the default for nothing.</param>
    /// <param name="cancellationToken">Ends the enumeration.</param>
    /// <returns>The versions, tombstones included. Versions that left the history before they could be delivered are skipped: the version numbers show it. They fall and begin again if the register does not have the version seen last, which was then in another cluster.</returns>
    IAsyncEnumerable<RegisterValue<T>> WatchAsync(WatchPoint after = default, CancellationToken cancellationToken = default);
}

/// <summary>A version of a register, or its absence.</summary>
/// <typeparam name="T">The value's type.</typeparam>
/// <param name="Exists">False when the register was never written, was forgotten after it was deleted, or this version is a tombstone.</param>
/// <param name="Value">The value; the type's default when there is none.</param>
/// <param name="Version">The version; 0 when the register was never written, or was forgotten.</param>
/// <param name="RequestId">The id of the request that wrote it.</param>
/// <param name="At">The UTC time at which it was proposed. It does not order versions.</param>
public sealed record RegisterValue<T>(bool Exists, T? Value, long Version, Guid RequestId, DateTimeOffset At)
{
    /// <summary>The highest fence that the register has seen up to this version; null for none. A tombstone may have one.</summary>
    public Fence? Guard { get; init; }

    /// <summary>The session that the value belongs to; null for none. When the session has ended, the value is deleted.</summary>
    public Guid? Session { get; init; }
}

/// <summary>A register's name and its value.</summary>
/// <typeparam name="T">The value's type.</typeparam>
/// <param name="Name">The register's name.</param>
/// <param name="Value">The value with its version.</param>
public sealed record NamedValue<T>(string Name, RegisterValue<T> Value);

/// <summary>What is new below a prefix.</summary>
/// <typeparam name="T">The type of the values.</typeparam>
/// <param name="Values">The versions; of each register in order. Those that left the history before they could be delivered are skipped.</param>
/// <param name="Cursor">Where to go on. Opaque text.</param>
/// <param name="Begins">Whether the watch begins, or begins again: the current values follow, and what was seen before no longer counts.</param>
/// <param name="Listed">Whether the last of the current values are among these. After them, there are changes.</param>
public sealed record PrefixChanges<T>(IReadOnlyList<NamedValue<T>> Values, string Cursor, bool Begins, bool Listed);

/// <summary>How a write ended.</summary>
/// <typeparam name="T">The value's type.</typeparam>
/// <param name="Status">Applied, or why nothing was written.</param>
/// <param name="Current">
/// The version that was written with the request id, or the newest one when none was. If it was written before and the history no longer has
/// it, only its number is known: then <see cref="RegisterValue{T}.Exists"/> is false and the request id is empty.
/// </param>
public sealed record WriteResult<T>(ChangeStatus Status, RegisterValue<T> Current)
{
    /// <summary>Whether the change was written.</summary>
    public bool Applied => Status == ChangeStatus.Applied;

    /// <summary>The version written, or the newest one when nothing was written: that of <see cref="Current"/>.</summary>
    public long Version => Current.Version;
}
