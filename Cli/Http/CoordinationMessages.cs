namespace Orleans.Paxos.Cli.Http;

/// <summary>A session as the HTTP interface shows it.</summary>
internal sealed record SessionMessage(
    Guid Id,
    string Owner,
    double TtlSeconds,
    DateTimeOffset Opened,
    DateTimeOffset Renewed,
    bool Ending,
    string[]? Registers,
    string[]? Locks,
    double? DeadlineSeconds = null)
{
    public static SessionMessage From(SessionInfo session) => new(
        session.Id, session.Owner, session.TimeToLive.TotalSeconds, session.Opened, session.Renewed, session.IsEnding, [.. session.Registers], [.. session.Locks]);

    public SessionInfo ToInfo() => new(Id, Owner, TimeSpan.FromSeconds(TtlSeconds), Opened, Renewed, Ending, [.. Registers ?? []], [.. Locks ?? []]);
}

/// <summary>What opens a session.</summary>
internal sealed record SessionOpening(double TtlSeconds, string Owner);

/// <summary>A lock or a leadership that a session holds.</summary>
internal sealed record HeldMessage(string Name, long Token);

/// <summary>That nobody leads, as <c>--json</c> prints it.</summary>
internal sealed record NoLeaderMessage(string Name, Guid? Session = null);

/// <summary>That this program was elected, as <c>--json</c> prints it.</summary>
internal sealed record ElectedMessage(string Name, Guid Session, long Token);

/// <summary>Who leads, as the HTTP interface shows it.</summary>
internal sealed record LeaderMessage(string Name, Guid Session, string Owner, long Token, string? Value, string? Encoding)
{
    public static LeaderMessage From(string name, LeaderInfo<byte[]> leader)
    {
        var envelope = Envelope.From(name, new RegisterEntry(1, leader.Value ?? [], Deleted: false, leader.Session, default));
        return new LeaderMessage(name, leader.Session, leader.Owner, leader.Token, envelope.Value, envelope.Encoding);
    }

    /// <exception cref="FormatException">The value cannot be decoded.</exception>
    public LeaderInfo<byte[]> ToInfo()
    {
        var entry = new Envelope(Name, 1, Value, Encoding, Deleted: false, Session, default).ToEntryOf(Name);
        return new LeaderInfo<byte[]>(Session, Owner, Token, entry!.Value);
    }
}
