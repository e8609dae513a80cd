using Orleans.Paxos.Protocol;

namespace Orleans.Paxos.Verification.Exploration;

/// <summary>
/// The moves by which acceptors forget a register whose end they have accepted. An answer about an end may arrive at any time after it was true.
/// So a world keeps what each acceptor can have told each other one, instead of questions and answers. A watermark shows in nothing until its
/// register is forgotten, so it rises in one move with what it is raised for. A crash before the other half leads to a world that is reached anyway.
/// </summary>
internal sealed partial class AcceptorMoves
{
    private void AddForget(WorldState world, int acceptor)
    {
        var view = world.Acceptors[acceptor];
        var record = catalogue.Records[view.Durable];
        if (SmallWorldRules.EndIn(record) is not { } ended || !rules.MayForget([.. OthersThan(acceptor).Select(view.CoverOf)]))
            return;
        var bucket = Raised(view.Bucket, new RegisterOrigin(ended.Version, ended.Version), record.Promised);
        var forgotten = catalogue.Records.NumberOf(rules.Forget(record, catalogue.Watermarks[bucket], ended));
        steps.Add(new Move(MoveKind.Forget, acceptor, forgotten), world, after =>
        {
            after.Acceptors[acceptor] = view with { Bucket = bucket };
            Write(after, acceptor, forgotten, Storing.BeforeTheAnswer);
        });
    }

    /// <summary>Takes note of what acceptors can tell each other of the ends that they have accepted, now that one of them has another record.</summary>
    private void TakeNote(WorldState after, int acceptor)
    {
        var view = after.Acceptors[acceptor];
        if (SmallWorldRules.EndIn(catalogue.Records[view.Durable]) is { } accepted)
            after.Acceptors[acceptor] = view with { Bucket = Raised(view.Bucket, new RegisterOrigin(accepted.Version, 0), catalogue.Records[view.Durable].Promised) };
        for (var asker = 0; asker < WorldState.AcceptorCount; asker++)
        {
            if (SmallWorldRules.EndIn(catalogue.Records[after.Acceptors[asker].Durable]) is not { } ended)
                continue;
            foreach (var other in OthersThan(asker))
            {
                var asked = after.Acceptors[other];
                var told = SmallWorldRules.CoverOf(catalogue.Records[asked.Durable], ended);
                after.Acceptors[asker] = after.Acceptors[asker].WithCover(other, told);
            }
        }
    }

    private ushort Raised(ushort bucket, RegisterOrigin origin, Ballot promised) =>
        catalogue.Watermarks.NumberOf(catalogue.Watermarks[bucket].With(new Watermark(origin, promised.Round)));

    private static IEnumerable<int> OthersThan(int acceptor) => Enumerable.Range(0, WorldState.AcceptorCount).Where(other => other != acceptor);
}
