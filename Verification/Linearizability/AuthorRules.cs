namespace Orleans.Paxos.Verification.Linearizability;

/// <summary>Checks that every entry was written once, by one request, and that every client received correct answers about its own requests.</summary>
internal static class AuthorRules
{
    public static void Check(RegisterHistory history, Findings findings)
    {
        foreach (var operation in history.Operations.Where(operation => operation.IsAnswered))
        {
            findings.Steps++;
            CheckAnswer(operation, findings);
            foreach (var entry in operation.Entries)
                CheckAuthor(operation, entry, history, findings);
        }

        foreach (var versions in history.Chain.Values.GroupBy(entry => entry.RequestId).Where(entries => entries.Skip(1).Any()))
        {
            findings.Add(
                ViolationKind.DuplicateApplication,
                $"one request, {versions.First().Describe()}, wrote the versions {string.Join(", ", versions.Select(entry => entry.Version))}.");
        }
    }

    private static void CheckAnswer(Operation operation, Findings findings)
    {
        var possible = operation switch
        {
            { Answer: Answer.Seen } => !operation.IsChange,
            { Answer: Answer.Applied } => operation.IsChange && operation.Entries is [var entry] && entry.RequestId == operation.RequestId,
            { Answer: Answer.VersionMismatch } => operation.ExpectedVersion is not null,
            { Answer: Answer.AlreadyDecided } => operation.Kind == OperationKind.Decide,
            { Answer: Answer.NotFound } => operation.Kind == OperationKind.Delete,
            { Answer: Answer.Fenced } => operation.Fence is not null,
            _ => operation.Kind == OperationKind.Add,
        };
        if (!possible || operation.Entries.Any(entry => entry.Version < 1))
            findings.Add(ViolationKind.WrongAnswer, $"{operation.Describe()}, which is no answer to that.");
    }

    private static void CheckAuthor(Operation operation, Observed entry, RegisterHistory history, Findings findings)
    {
        var request = history.Requests.GetValueOrDefault(entry.RequestId);
        if (request is null || !request.Writes(entry))
            findings.Add(ViolationKind.NeverWritten, $"{operation.Describe()}, but no request writes {entry.Describe()}.");
        else if (!request.MayHaveEffect || entry.Version <= request.RefusedThrough)
            findings.Add(ViolationKind.RefusedButApplied, $"{operation.Describe()}, but {Denial(request).Describe()}.");
        else if (operation.Returned < request.EffectiveFrom)
            findings.Add(ViolationKind.FutureRead, $"{operation.Describe()}, but {request.Change.Name()} was sent only at {request.EffectiveFrom}.");
    }

    private static Operation Denial(Request request) =>
        request.Calls.First(call => call.IsRefusal || call.Answer == Answer.Unavailable);
}
