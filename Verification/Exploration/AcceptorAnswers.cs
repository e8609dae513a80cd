namespace Orleans.Paxos.Verification.Exploration;

/// <summary>The record and the answer of an acceptor after a message.</summary>
/// <param name="Record">The new record; 0 when the message is refused.</param>
/// <param name="Promise">The promise; 0 when there is none.</param>
/// <param name="Violation">The broken invariant that the production code found, in which case it takes no step; otherwise null.</param>
internal readonly record struct AcceptorAnswer(ushort Record, ushort Promise, InvariantViolationException? Violation);

/// <summary>Computes what an acceptor does with a message, given its record. The rules are pure, so each pair is computed only once.</summary>
internal sealed class AcceptorAnswers(SmallWorldRules rules, Catalogue catalogue)
{
    private readonly Dictionary<(ushort Record, ushort Message), AcceptorAnswer> _promises = [];
    private readonly Dictionary<(ushort Record, ushort Message), AcceptorAnswer> _acceptances = [];

    public AcceptorAnswer Prepare(ushort record, ushort message) => Known(_promises, record, message, () =>
    {
        var (after, reply) = rules.Prepare(catalogue.Records[record], catalogue.Prepares[message]);
        return reply.Granted ? new AcceptorAnswer(catalogue.Records.NumberOf(after), catalogue.Promises.NumberOf(reply), null) : default;
    });

    public AcceptorAnswer Accept(ushort record, ushort message) => Known(_acceptances, record, message, () =>
    {
        var (after, reply) = rules.Accept(catalogue.Records[record], catalogue.Accepts[message]);
        return reply.Accepted ? new AcceptorAnswer(catalogue.Records.NumberOf(after), 0, null) : default;
    });

    private static AcceptorAnswer Known(
        Dictionary<(ushort Record, ushort Message), AcceptorAnswer> answers, ushort record, ushort message, Func<AcceptorAnswer> ask)
    {
        if (answers.TryGetValue((record, message), out var known))
            return known;
        try
        {
            known = ask();
        }
        catch (InvariantViolationException violation)
        {
            known = new AcceptorAnswer(record, 0, violation);
        }

        answers.Add((record, message), known);
        return known;
    }
}
