namespace Orleans.Paxos.Verification.Linearizability;

/// <summary>Checks that changes were applied where their condition held and refused where it did not.</summary>
internal static class ConditionRules
{
    public static void Check(RegisterHistory history, Findings findings)
    {
        foreach (var version in history.Chain.Keys)
        {
            findings.Steps++;
            CheckWrite(version, history, findings);
        }

        foreach (var request in history.Requests.Values)
        {
            foreach (var refusal in request.Calls.Where(call => call.IsRefusal))
            {
                findings.Steps++;
                if (!request.MayBeAnswered(refusal.Answer, history.StandingAt(refusal.ShownVersion)))
                    findings.Add(ViolationKind.WrongRefusal, $"{refusal.Describe()}, where its condition holds.");
            }
        }
    }

    private static void CheckWrite(long version, RegisterHistory history, Findings findings)
    {
        var writer = history.WriterOf(version)!;
        if (writer.MayBeAnswered(Answer.Applied, history.StandingAt(version - 1)))
            return;
        var expected = writer.Change.ExpectedVersion;
        var rival = expected is null ? null : history.WriterOf(expected.Value + 1);
        if (rival is { IsAcknowledged: true } && rival != writer && rival.Change.ExpectedVersion == expected)
            findings.Add(ViolationKind.TwoWinners, $"{writer.Change.Name()} wrote version {version}, though {rival.Change.Describe()}.");
        else
            findings.Add(ViolationKind.ConditionIgnored, $"{writer.Change.Name()} wrote version {version}, where its condition did not hold.");
    }
}
