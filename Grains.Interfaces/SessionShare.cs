using System.Globalization;

namespace Orleans.Paxos;

/// <summary>Which keeper a session has.</summary>
public static class SessionShare
{
    /// <summary>The number of shares: 64.</summary>
    public const int Count = 64;

    /// <summary>The key of the keeper of a session.</summary>
    /// <param name="session">The session's id.</param>
    /// <returns>The key.</returns>
    public static string Of(Guid session)
    {
        Span<byte> bytes = stackalloc byte[16];
        session.TryWriteBytes(bytes);
        return (bytes[^1] % Count).ToString(CultureInfo.InvariantCulture);
    }
}
