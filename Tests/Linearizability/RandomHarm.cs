using Orleans.Paxos.Verification.Linearizability;

namespace Orleans.Paxos.Tests.Linearizability;

/// <summary>Alters a history slightly, which makes it invalid more often than not.</summary>
internal static class RandomHarm
{
    public static void Do(List<Operation> history, Random random)
    {
        while (history.Count > 0 && !TryOne(history, random))
        {
            // This call has nothing of this kind to alter.
        }
    }

    private static bool TryOne(List<Operation> history, Random random)
    {
        var index = random.Next(history.Count);
        var call = history[index];
        var harmed = random.Next(12) switch
        {
            0 => call with { Invoked = call.Invoked + 9, Returned = call.Returned + 9 },
            1 when call.Returned is { } returned => call with { Returned = Math.Max(call.Invoked + 1, returned - random.Next(9)) },
            2 or 3 => WithEntry(call, random, _ => history.SelectMany(other => other.Entries).ElementAt(random.Next(history.Sum(other => other.Entries.Length)))),
            4 or 5 => WithEntry(call, random, entry => entry with { Version = Math.Max(1, entry.Version + (random.Next(2) * 2) - 1) }),
            6 when call.Answer == Answer.Applied => call with { Answer = Answer.Unavailable, Entries = [] },
            7 when call.ExpectedVersion is not null => WithAnswer(call, Answer.VersionMismatch),
            7 when call.Kind == OperationKind.Decide => WithAnswer(call, Answer.AlreadyDecided),
            8 when call.Entries.Length > 1 => call with { Entries = call.Entries.RemoveAt(random.Next(call.Entries.Length)) },
            8 when random.Next(4) == 0 => null,
            9 when call.Fence is not null => WithAnswer(call, Answer.Fenced),
            9 when call.Kind == OperationKind.Add => WithAnswer(call, Answer.NotACounter),
            10 when history.Exists(static other => other.Fence is not null) => WithEntry(call, random, static entry => entry with { Guard = entry.Guard is null ? new Fence("l", 1) : null }),
            11 when history.Exists(static other => other.Kind == OperationKind.Add) => WithEntry(call, random, static entry => entry.ReadNumber() is { } number ? entry with { Value = $"{number + 1}" } : entry),
            _ => call,
        };
        if (harmed == call)
            return false;
        history.RemoveAt(index);
        if (harmed is not null)
            history.Insert(index, harmed);
        return true;
    }

    private static Operation WithEntry(Operation call, Random random, Func<Observed, Observed> harm)
    {
        var place = random.Next(Math.Max(1, call.Entries.Length));
        return call.Entries.IsEmpty ? call : call with { Entries = call.Entries.SetItem(place, harm(call.Entries[place])) };
    }

    /// <summary>Turns an applied change into a refusal, or a refusal into an applied change.</summary>
    private static Operation WithAnswer(Operation call, Answer refusal) => call switch
    {
        { Answer: Answer.Applied } => call with { Answer = refusal },
        { IsRefusal: true } => call with { Answer = Answer.Applied, Entries = [new Observed((call.ExpectedVersion ?? call.ShownVersion) + 1, call.RequestId, call.Kind == OperationKind.Delete, call.Value)] },
        _ => call,
    };
}
