namespace Orleans.Paxos.Verification;

/// <summary>What an acceptor's rules make of a record and a message: asked once of each pair, because they are pure.</summary>
internal sealed class AcceptorAnswers(SmallWorldRules rules, Catalogue catalogue)
{
    private readonly Dictionary<(ushort Record, ushort Message), (ushort Record, ushort Reply)> _promises = [];
    private readonly Dictionary<(ushort Record, ushort Message), (ushort Record, InvariantViolationException? Violation)> _acceptances = [];

    /// <summary>The record after a prepare, and the promise; 0 when it is refused.</summary>
    public (ushort Record, ushort Reply) Prepare(ushort record, ushort message)
    {
        if (_promises.TryGetValue((record, message), out var known))
            return known;
        var (after, reply) = rules.Prepare(catalogue.Records[record], catalogue.Prepares[message]);
        known = reply.Granted ? (catalogue.Records.NumberOf(after), catalogue.Promises.NumberOf(reply)) : default;
        _promises.Add((record, message), known);
        return known;
    }

    /// <summary>The record after an accept; 0 when it is refused. Where the production code finds a violation it takes no step.</summary>
    public (ushort Record, InvariantViolationException? Violation) Accept(ushort record, ushort message)
    {
        if (_acceptances.TryGetValue((record, message), out var known))
            return known;
        try
        {
            var (after, reply) = rules.Accept(catalogue.Records[record], catalogue.Accepts[message]);
            known = (reply.Accepted ? catalogue.Records.NumberOf(after) : (ushort)0, null);
        }
        catch (InvariantViolationException violation)
        {
            known = (record, violation);
        }

        _acceptances.Add((record, message), known);
        return known;
    }
}
