namespace Orleans.Paxos;

/// <summary>A message or a storage belongs to another acceptor set or epoch (invariant I10). Nothing was written.</summary>
[GenerateSerializer, Alias("Orleans.Paxos.AcceptorSetMismatchException")]
public sealed class AcceptorSetMismatchException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="own">The set of the acceptor that refused, as <see cref="AcceptorSet.ToString"/> gives it.</param>
    /// <param name="other">The set of the message or storage that it refused.</param>
    public AcceptorSetMismatchException(string own, string other)
        : base($"The acceptor sets differ: this acceptor's is [{own}], the other is [{other}]. Nothing was written; give every silo the same set.")
    {
        Own = own;
        Other = other;
    }

    /// <summary>Creates the exception of an acceptor that refuses a message.</summary>
    /// <param name="own">Its set.</param>
    /// <param name="other">The set of the message.</param>
    public AcceptorSetMismatchException(AcceptorSet own, AcceptorSetId other)
        : this($"{own}", $"epoch {other.Epoch}, fingerprint {other.Fingerprint:x16}") => OwnSet = own;

    /// <summary>The set of the acceptor that refused.</summary>
    [Id(0)]
    public string Own { get; private set; }

    /// <summary>The set of what was refused.</summary>
    [Id(1)]
    public string Other { get; private set; }

    /// <summary>
    /// The set of the acceptor that refused a message; null if it was not a message that was refused. If one of the two sets came from the other,
    /// whoever is behind takes over the later one.
    /// </summary>
    [Id(2)]
    public AcceptorSet? OwnSet { get; private set; }
}
