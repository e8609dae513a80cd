namespace Orleans.Paxos;

/// <summary>
/// An invariant of docs/protocol.md does not hold, because of a defect in this library or damaged storage. The step that found it had no
/// effect and no answer.
/// </summary>
[GenerateSerializer, Alias("Orleans.Paxos.InvariantViolationException")]
public sealed class InvariantViolationException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="invariant">The invariant's number, such as "I3".</param>
    /// <param name="detail">What was found.</param>
    public InvariantViolationException(string invariant, string detail)
        : base($"{invariant} is violated: {detail} The step was not taken. Stop this silo and report the message with the logs of all silos.")
    {
        Invariant = invariant;
    }

    /// <summary>The invariant's number, such as "I3".</summary>
    [Id(0)]
    public string Invariant { get; private set; }
}
