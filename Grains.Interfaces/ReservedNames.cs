namespace Orleans.Paxos;

/// <summary>
/// The names of the registers in which this library keeps sessions, locks and the acceptor set. Applications neither read nor write them, and no list or watch of other
/// names shows them.
/// </summary>
public static class ReservedNames
{
    /// <summary>What every reserved name begins with.</summary>
    public const char Mark = '!';

    /// <summary>What sessions' names begin with.</summary>
    public const string Sessions = "!sessions/";

    /// <summary>What the names of locks, elections, semaphores, reader-writer locks and barriers begin with.</summary>
    public const string Locks = "!locks/";

    /// <summary>The register that decides the acceptor set.</summary>
    public const string Acceptors = "!acceptors";

    /// <summary>The register that says how far a change of the acceptor set is.</summary>
    public const string AcceptorsSweep = "!acceptors-sweep";

    /// <summary>The longest name of a lock, in bytes of UTF-8.</summary>
    public const int MostLockNameBytes = RegisterName.MaxBytes - 7;

    /// <summary>A name that orders after all reserved names and before all others.</summary>
    public const string End = "!~";

    /// <summary>Whether a backup has such names: all that are not reserved, and those of locks, whose tokens must not fall.</summary>
    /// <param name="nameOrPrefix">The name, or the prefix.</param>
    /// <returns>False if it is of another kind of reserved names.</returns>
    public static bool IsBackedUp(string nameOrPrefix) => !nameOrPrefix.StartsWith(Mark) || nameOrPrefix.StartsWith(Locks, StringComparison.Ordinal);

    /// <summary>The register of a session.</summary>
    /// <param name="session">The session's id.</param>
    /// <returns>Its name.</returns>
    public static string OfSession(Guid session) => $"{Sessions}{session:N}";

    /// <summary>The register of a lock.</summary>
    /// <param name="name">The lock's name.</param>
    /// <returns>The register's name.</returns>
    public static string OfLock(string name) => Locks + name;
}
