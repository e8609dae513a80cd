using Orleans.Paxos.Protocol;

namespace Orleans.Paxos.Acceptors;

/// <summary>Takes questions about an acceptor's registers, and hands each to its register.</summary>
internal sealed class RegisterDesk(RegisterTurns turns)
{
    /// <summary>Asks the questions of a batch.</summary>
    public Task<Batch<TReply?>> AskAsync<TRequest, TReply>(
        Batch<TRequest> requests, Func<TRequest, string> registerOf, Questions<TRequest, TReply> questions)
        where TReply : class
    {
        for (var index = 0; index < requests.Items.Length; index++)
            turns.Post(registerOf(requests.Items[index]), questions.Message(index));
        turns.Begin();
        return questions.Answered;
    }

    /// <summary>Returns the records of registers. If one cannot be read, all of it fails.</summary>
    public async Task<ImmutableArray<AcceptorRecord?>> RecordsOfAsync(ImmutableArray<string> registers)
    {
        Exception? failure = null;
        var names = new Batch<string>(registers);
        var records = await AskAsync(names, static register => register, new Questions<string, AcceptorRecord>(
            names, isRead: true, static (record, _) => (record, record), reason => failure ??= reason));
        return failure is null ? records.Items : throw failure;
    }
}
