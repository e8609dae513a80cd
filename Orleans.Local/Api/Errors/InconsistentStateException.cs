using Orleans.Runtime;

namespace Orleans.Storage;

/// <summary>A record was changed by someone else since it was read; nothing was written. Read it again.</summary>
[GenerateSerializer]
public class InconsistentStateException : OrleansException
{
    /// <summary>Makes the exception.</summary>
    public InconsistentStateException()
    {
    }

    /// <summary>Makes the exception.</summary>
    /// <param name="message">What happened.</param>
    public InconsistentStateException(string message)
        : base(message)
    {
    }

    /// <summary>Makes the exception.</summary>
    /// <param name="message">What happened.</param>
    /// <param name="innerException">Why.</param>
    public InconsistentStateException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Makes the exception.</summary>
    /// <param name="errorMsg">What happened.</param>
    /// <param name="storedEtag">The ETag in storage.</param>
    /// <param name="currentEtag">The ETag that the writer had.</param>
    public InconsistentStateException(string errorMsg, string? storedEtag, string? currentEtag)
        : this(errorMsg, storedEtag, currentEtag, null)
    {
    }

    /// <summary>Makes the exception.</summary>
    /// <param name="errorMsg">What happened.</param>
    /// <param name="storedEtag">The ETag in storage.</param>
    /// <param name="currentEtag">The ETag that the writer had.</param>
    /// <param name="storageException">The storage's own exception.</param>
    public InconsistentStateException(string errorMsg, string? storedEtag, string? currentEtag, Exception? storageException)
        : base(errorMsg, storageException)
    {
        StoredEtag = storedEtag;
        CurrentEtag = currentEtag;
    }

    /// <summary>Makes the exception.</summary>
    /// <param name="storedEtag">The ETag in storage.</param>
    /// <param name="currentEtag">The ETag that the writer had.</param>
    /// <param name="storageException">The storage's own exception.</param>
    public InconsistentStateException(string? storedEtag, string? currentEtag, Exception storageException)
        : this(storageException.Message, storedEtag, currentEtag, storageException)
    {
    }

    /// <summary>The ETag in storage.</summary>
    [Id(1)]
    public string? StoredEtag { get; private set; }

    /// <summary>The ETag that the writer had.</summary>
    [Id(2)]
    public string? CurrentEtag { get; private set; }
}
