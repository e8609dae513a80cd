namespace Orleans.Paxos;

/// <summary>
/// A register's value is not of the type it was read as. The register is unchanged: read it as <c>byte[]</c>, or write a value of the
/// type.
/// </summary>
public sealed class RegisterValueFormatException : FormatException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="register">The register's name.</param>
    /// <param name="version">The version whose value could not be read.</param>
    /// <param name="valueType">The type it was read as.</param>
    /// <param name="innerException">The decoder's exception.</param>
    public RegisterValueFormatException(string register, long version, Type valueType, Exception innerException)
        : base($"Version {version} of register '{register}' is not a valid {valueType}: {innerException.Message} Read the register as byte[] to see what it holds.", innerException)
    {
        Register = register;
        Version = version;
        ValueType = valueType;
    }

    /// <summary>The register's name.</summary>
    public string Register { get; }

    /// <summary>The version whose value could not be read.</summary>
    public long Version { get; }

    /// <summary>The type it was read as.</summary>
    public Type ValueType { get; }
}
