using System.IO.Hashing;
using System.Runtime.InteropServices;

namespace Orleans.Paxos;

/// <summary>
/// The keys of <see cref="IProposerGrain"/>. All calls for one register have the same key, so that one activation on each silo sees all
/// of them. There are enough keys to keep every processor busy, and few enough that idle proposers cost nothing.
/// </summary>
public static class ProposerKey
{
    private const int Shares = 64;
    private static readonly string[] Keys = [.. Enumerable.Range(0, Shares).Select(share => $"share {share}")];

    /// <summary>The key of calls that do not concern a register.</summary>
    public const string Any = "any";

    /// <summary>Returns the key of the proposer that a register's calls go to.</summary>
    /// <param name="register">The register's name.</param>
    /// <returns>The key, which is the same in every process.</returns>
    public static string Of(string register) => Keys[XxHash3.HashToUInt64(MemoryMarshal.AsBytes(register.AsSpan())) % Shares];
}
