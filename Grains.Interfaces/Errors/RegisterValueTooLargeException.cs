namespace Orleans.Paxos;

/// <summary>A value is over the limit. Nothing was written.</summary>
[GenerateSerializer, Alias("Orleans.Paxos.RegisterValueTooLargeException")]
public sealed class RegisterValueTooLargeException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="sizeBytes">The size of the value, in bytes. If a part of the value was already over the limit, the size of that
    /// part.</param>
    /// <param name="limitBytes">The limit, in bytes.</param>
    public RegisterValueTooLargeException(long sizeBytes, long limitBytes)
        : base($"The value has {sizeBytes} bytes or more; the limit is {limitBytes}. Store a reference to it, or raise the option MaxValueBytes on every silo.")
    {
        SizeBytes = sizeBytes;
        LimitBytes = limitBytes;
    }

    /// <summary>The size of the value, in bytes.</summary>
    [Id(0)]
    public long SizeBytes { get; private set; }

    /// <summary>The limit, in bytes.</summary>
    [Id(1)]
    public long LimitBytes { get; private set; }
}
