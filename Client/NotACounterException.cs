namespace Orleans.Paxos;

/// <summary>
/// A register that was used as a counter has a value that is not a whole number, or one that nothing can be added to because it is beyond
/// <see cref="CounterValue.Largest"/>. The register is unchanged: set it to a number, or delete it to count from 0.
/// </summary>
public sealed class NotACounterException : InvalidOperationException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="register">The register's name.</param>
    /// <param name="version">The version whose value is not a counter's.</param>
    public NotACounterException(string register, long version)
        : base($"Version {version} of register '{register}' is not a counter: its value is not a whole number from {-CounterValue.Largest} to {CounterValue.Largest}. Nothing was written. Set it to a number, or delete it to count from 0.")
    {
        Register = register;
        Version = version;
    }

    /// <summary>The register's name.</summary>
    public string Register { get; }

    /// <summary>The version whose value is not a counter's.</summary>
    public long Version { get; }
}
