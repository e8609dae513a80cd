namespace Orleans.Paxos;

/// <summary>
/// A register whose value is a whole number, to which many may add at once: nobody has to read it first, and no addition is lost. The value is
/// decimal digits, as an <see cref="IRegister{T}"/> of <c>long</c> reads and writes them. The exceptions are those of <see cref="IRegisterClient"/>.
/// </summary>
public interface ICounter
{
    /// <summary>The register's name.</summary>
    string Name { get; }

    /// <summary>Adds a number.</summary>
    /// <param name="amount">The number, which may be negative; its absolute value is at most <see cref="CounterValue.Largest"/>.</param>
    /// <param name="options">For a request that is sent again, or with a fence; null for a new one without.</param>
    /// <param name="cancellationToken">Ends the wait; the number may be added all the same.</param>
    /// <returns>
    /// Whether it was added, and the sum: the value of <see cref="WriteResult{T}.Current"/>. A register without a value counts as 0. If a copy of the
    /// request was added before, the sum is that of then, and not known if the history no longer has it.
    /// </returns>
    /// <exception cref="NotACounterException">The value is not a number that can be added to; nothing was written.</exception>
    Task<WriteResult<long>> AddAsync(long amount = 1, ChangeOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>Reads the counter.</summary>
    /// <param name="consistency">What the read guarantees.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The number; 0 if it was never written, deleted, or forgotten.</returns>
    /// <exception cref="NotACounterException">The value is not a number.</exception>
    Task<long> ReadAsync(ReadConsistency consistency = ReadConsistency.Linearizable, CancellationToken cancellationToken = default);
}
