namespace Orleans.Paxos;

/// <summary>
/// What a holder of a lock puts on its writes, so that a register can tell them from those of an earlier holder that does not know yet that it has
/// lost the lock.
/// </summary>
/// <param name="Lock">The lock's name.</param>
/// <param name="Token">The fencing token: the version of the lock's register that took the lock. Each acquisition has a higher one than those before it.</param>
[GenerateSerializer, Immutable, Alias("Orleans.Paxos.Fence")]
public sealed record Fence(
    [property: Id(0)] string Lock,
    [property: Id(1)] long Token)
{
    /// <summary>Whether a register that has seen this fence takes a change with another one: of the same lock and not lower.</summary>
    /// <param name="other">The fence of the change.</param>
    /// <returns>False if it refuses the change.</returns>
    public bool Admits(Fence other) => other.Lock == Lock && other.Token >= Token;

    /// <summary>Shows the fence.</summary>
    /// <returns>The lock's name and the token, as in <c>jobs/nightly; 17</c>.</returns>
    public override string ToString() => $"{Lock}; {Token}";

    /// <summary>Writes the fence as the HTTP header <c>Paxos-Fence</c> has it, with the lock's name percent-encoded.</summary>
    /// <returns>The header, as in <c>jobs/nightly; 17</c>.</returns>
    public string ToHeader() => $"{string.Join('/', Lock.Split('/').Select(Uri.EscapeDataString))}; {Token}";

    /// <summary>Says what is wrong with the fence.</summary>
    /// <returns>A sentence; null if it is valid.</returns>
    internal string? Problem() => RegisterName.Problem(Lock) is { } problem ? $"The fence's lock: {problem}"
        : Token < 1 ? $"The fencing token is {Token}; a token is 1 or more."
        : null;
}
