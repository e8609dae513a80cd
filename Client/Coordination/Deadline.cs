namespace Orleans.Paxos.Client.Coordination;

/// <summary>
/// When a session is lost to its owner, by the owner's clock. Who ends it has seen its register unchanged for the time-to-live by a clock that runs at most
/// <see cref="CoordinationParts.ClockRateTolerance"/> faster, and has seen it after the renewal was sent; so it is lost here first.
/// </summary>
internal sealed record Deadline(long From, TimeSpan Length)
{
    /// <summary>The deadline of a renewal that is sent now.</summary>
    public static Deadline After(TimeSpan timeToLive, CoordinationParts parts) =>
        new(parts.Time.GetTimestamp(), LengthOf(timeToLive, parts));

    /// <summary>How long after its last renewal was sent an owner may count on a session.</summary>
    public static TimeSpan LengthOf(TimeSpan timeToLive, CoordinationParts parts) => timeToLive / (1 + parts.ClockRateTolerance);

    /// <summary>The timestamp at which it passes.</summary>
    public long At(TimeProvider time) => From + (long)(Length.TotalSeconds * time.TimestampFrequency);

    /// <summary>How long it is until then; not positive if it has passed.</summary>
    public TimeSpan Left(TimeProvider time) => Length - time.GetElapsedTime(From);
}
