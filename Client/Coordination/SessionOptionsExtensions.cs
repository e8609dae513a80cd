namespace Orleans.Paxos.Client.Coordination;

/// <summary>What options of a session stand for.</summary>
internal static class SessionOptionsExtensions
{
    /// <summary>Throws if no session can have these options.</summary>
    /// <exception cref="ArgumentException">An option is out of range; the message names the limits.</exception>
    public static void Validate(this SessionOptions options)
    {
        if (options.TimeToLive < SessionOptions.ShortestTimeToLive || options.TimeToLive > SessionOptions.LongestTimeToLive)
            throw new ArgumentException($"The time-to-live is {options.TimeToLive}; it takes 1 second to 1 day.", nameof(options));
        if (options.Owner?.Length > SessionOptions.MostOwnerCharacters)
            throw new ArgumentException($"The owner text has {options.Owner.Length} characters; the limit is {SessionOptions.MostOwnerCharacters}.", nameof(options));
    }

    /// <summary>The value of a session that is opened.</summary>
    public static SessionValue Open(this SessionOptions options, DateTimeOffset now) => new(options.OwnerText(), options.TimeToLive, now, SessionState.Open, []);

    /// <summary>The owner text.</summary>
    public static string OwnerText(this SessionOptions options) =>
        options.Owner ?? $"{Environment.MachineName} {Path.GetFileNameWithoutExtension(Environment.ProcessPath)} {Environment.ProcessId}";
}
