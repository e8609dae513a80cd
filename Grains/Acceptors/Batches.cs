using System.Runtime.ExceptionServices;

namespace Orleans.Paxos.Acceptors;

/// <summary>Answers the questions of a batch concurrently.</summary>
internal static class Batches
{
    /// <summary>
    /// Waits for all answers; null stands for one that failed. If the acceptor does not vote, or is of another set, that is the answer to
    /// the whole batch.
    /// </summary>
    /// <param name="batch">The questions.</param>
    /// <param name="answer">Answers one question.</param>
    /// <param name="failed">Is told why a question was not answered.</param>
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
