using Orleans.Paxos.Protocol;

namespace Orleans.Paxos.Acceptors;

/// <summary>Answers one question about a register's record.</summary>
/// <param name="record">The record as it is.</param>
/// <param name="request">The question.</param>
/// <returns>The record as it is afterwards, and the answer.</returns>
internal delegate (AcceptorRecord Record, TReply Reply) Step<TRequest, TReply>(AcceptorRecord record, TRequest request);

/// <summary>The questions of one batch on their way to the registers, and the answers on their way back.</summary>
/// <param name="batch">The questions.</param>
/// <param name="isRead">Whether they only read.</param>
/// <param name="step">Answers one of them.</param>
/// <param name="failed">Is told why a question was not answered.</param>
internal sealed class Questions<TRequest, TReply>(Batch<TRequest> batch, bool isRead, Step<TRequest, TReply> step, Action<Exception> failed)
    where TReply : class
{
    private readonly TaskCompletionSource<Batch<TReply?>> _answered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TReply?[] _replies = new TReply?[batch.Items.Length];
    private int _open = batch.Items.Length;
    private Exception? _ofAll;

    /// <summary>
    /// The answers, once every question is answered or has failed; null stands for one that failed. If the acceptor does not vote, or is of
    /// another set, that is the answer to the whole batch.
    /// </summary>
    public Task<Batch<TReply?>> Answered => batch.Items.IsEmpty ? Task.FromResult(new Batch<TReply?>([])) : _answered.Task;

    private bool IsRead => isRead;

    /// <summary>Returns the message that asks one of the questions.</summary>
    public Message Message(int index) => new Question(this, index);

    private (AcceptorRecord Record, TReply Reply) StepOf(AcceptorRecord record, int index) => step(record, batch.Items[index]);

    private void Close()
    {
        if (--_open > 0)
            return;
        if (_ofAll is null)
            _answered.SetResult(new Batch<TReply?>([.. _replies]));
        else
            _answered.SetException(_ofAll);
    }

    private void Fail(Exception exception)
    {
        failed(exception);
        if (exception is AcceptorSetMismatchException or AcceptorNotVotingException)
            _ofAll ??= exception;
        Close();
    }

    private sealed class Question(Questions<TRequest, TReply> of, int index) : Message
    {
        private TReply? _reply;

        public override bool IsRead => of.IsRead;

        public override AcceptorRecord Step(AcceptorRecord record)
        {
            (record, _reply) = of.StepOf(record, index);
            return record;
        }

        public override void Release()
        {
            of._replies[index] = _reply;
            of.Close();
        }

        public override void Fail(Exception exception) => of.Fail(exception);
    }
}
