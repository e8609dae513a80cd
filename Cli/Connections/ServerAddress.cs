namespace Orleans.Paxos.Cli.Connections;

/// <summary>The rule for the address of a silo's HTTP interface: what it serves is at the root, so nothing follows the port.</summary>
internal static class ServerAddress
{
    /// <summary>An address that follows the rule: that of a silo on this machine.</summary>
    public const string Example = "http://127.0.0.1:8080";

    private const string SchemeEnd = "://";

    /// <summary>Says what is wrong with an address.</summary>
    /// <param name="text">The address as it was typed.</param>
    /// <returns>One sentence or two with the remedy; null for a good address. User info is not repeated: it may be a secret.</returns>
    public static string? Problem(string text)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https") || url.Host.Length == 0 || !text.Contains(SchemeEnd))
            return text.Contains('@') ? $"The address is not one such as {Example}." : $"'{text}' is not an address such as {Example}.";
        var root = $"{url.Scheme}://{url.Authority}";
        if (url.UserInfo.Length > 0)
            return $"The address has a user or a password before '@', which no silo takes. Give {root}, and a key with PAXOS_KEY or --key-file.";
        return AfterHost(text) is "" or "/" ? null
            : $"'{text}' has more than scheme, host and port, and a silo serves its registers at no other path. Give {root}.";
    }

    /// <summary>What was typed after host and port, before a parser resolves its dots.</summary>
    private static string AfterHost(string text)
    {
        var host = text.IndexOf(SchemeEnd, StringComparison.Ordinal) + SchemeEnd.Length;
        var end = text.AsSpan(host).IndexOfAny("/\\?#");
        return end < 0 ? "" : text[(host + end)..];
    }
}
