using System.Runtime.ExceptionServices;

namespace Orleans.Paxos.Acceptors;

/// <summary>Answers the questions of a batch, each by itself and all at once.</summary>
internal static class Batches
{
    /// <summary>
    /// Waits for all answers; null stands for one that failed. That the acceptor does not vote at all, or is of another set, is the
    /// answer to the whole batch.
    /// </summary>
    /// <param name="batch">The questions.</param>
    /// <param name="answer">Answers one.</param>
    /// <param name="failed">Told why one was not answered.</param>
    /// <exception cref="AcceptorSetMismatchException">The messages are of another set.</exception>
    /// <exception cref="AcceptorNotVotingException">The acceptor does not vote.</exception>
    public static async Task<Batch<TReply?>> AnswerAsync<TRequest, TReply>(
        this Batch<TRequest> batch, Func<TRequest, Task<TReply>> answer, Action<Exception> failed)
        where TReply : class
    {
        var answers = new Task<TReply>[batch.Items.Length];
        for (var index = 0; index < answers.Length; index++)
            answers[index] = answer(batch.Items[index]);
        var replies = ImmutableArray.CreateBuilder<TReply?>(answers.Length);
        Exception? ofAll = null;
        foreach (var each in answers)
        {
            await each.EndAsync();
            replies.Add(each.IsCompletedSuccessfully ? each.Result : null);
            if (each.IsCompletedSuccessfully)
                continue;
            var failure = each.Failure();
            failed(failure);
            if (failure is AcceptorSetMismatchException or AcceptorNotVotingException)
                ofAll ??= failure;
        }

        if (ofAll is not null)
            ExceptionDispatchInfo.Throw(ofAll);
        return new Batch<TReply?>(replies.MoveToImmutable());
    }
}
