namespace Orleans.Paxos.Silo.Http;

/// <summary>Reads ids of sessions.</summary>
internal static class SessionId
{
    /// <summary>The header that names the session to which the register that is written belongs.</summary>
    public const string Header = "Paxos-Session";

    /// <summary>Reads an id; null if it is none.</summary>
    public static Guid? Parse(string text) => Guid.TryParseExact(text, "D", out var id) ? id : null;

    /// <summary>Reads the header.</summary>
    /// <param name="headers">The request's headers.</param>
    /// <returns>The session; null when there is no such header.</returns>
    /// <exception cref="ProblemException">The header is malformed.</exception>
    public static Guid? Read(IHeaderDictionary headers)
    {
        if (SingleHeader.Read(headers, Header) is not { } text)
            return null;
        return Parse(text) ?? throw new ProblemException(Problems.BadHeader(Header, $"{Header} takes the id of a session, as POST /v1/sessions gave it."));
    }
}
