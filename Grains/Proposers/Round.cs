using Orleans.Paxos.Acceptors;

namespace Orleans.Paxos.Proposers;

/// <summary>
/// One round of messages: asks acceptors in parallel and waits until the answers suffice, or until a majority has answered and the others seem
/// to hang: the next attempt is cheaper. Later answers are ignored.
/// </summary>
internal sealed class Round<TReply>
{
    private readonly Lock _gate = new();
    private readonly Votes<TReply> _votes;
    private readonly Func<Votes<TReply>, bool> _enough;
    private readonly TaskCompletionSource _ended = new();
    private bool _closed;

    private Round(PeerSet peers, IReadOnlyList<AcceptorPeer> asked, Func<Votes<TReply>, bool> enough)
    {
        _votes = new Votes<TReply>(peers, asked);
        _enough = enough;
    }

    /// <summary>Asks acceptors.</summary>
    /// <param name="peers">The acceptors among which majorities are counted.</param>
    /// <param name="asked">The acceptors to ask.</param>
    /// <param name="ask">The message.</param>
    /// <param name="enough">Whether the answers so far decide. The round also ends when all answers are in.</param>
    /// <param name="patience">How long to wait.</param>
    public static async Task<Votes<TReply>> AskAsync(
        PeerSet peers,
        IReadOnlyList<AcceptorPeer> asked,
        Func<IAcceptor, Task<TReply>> ask,
        Func<Votes<TReply>, bool> enough,
        TimeSpan patience)
    {
        var round = new Round<TReply>(peers, asked, enough);
        foreach (var acceptor in asked)
            new Question(round, acceptor).Ask(ask);
        for (var left = patience; left > TimeSpan.Zero && !round._ended.Task.IsCompleted; left -= peers.GraceForOthers)
        {
            await round._ended.Task.WaitAsync(left < peers.GraceForOthers ? left : peers.GraceForOthers, peers.Clock).EndAsync();
            if (round.OnlySilentAreOut())
                break;
        }

        return round.Close();
    }

    /// <returns>Whether the round is over.</returns>
    private bool Count(AcceptorPeer acceptor, Task<TReply> answer)
    {
        lock (_gate)
        {
            if (_closed)
                return false;
            if (answer.IsCompletedSuccessfully)
                _votes.Add(acceptor, answer.Result);
            else if (answer.Exception?.InnerException is AcceptorSetMismatchException mismatch)
                _votes.AddMismatch(acceptor, mismatch);
            else
                _votes.AddFailure(acceptor);
            return _votes.AllIn || _enough(_votes);
        }
    }

    private bool OnlySilentAreOut()
    {
        lock (_gate)
            return _votes.OnlySilentAreOut;
    }

    private Votes<TReply> Close()
    {
        lock (_gate)
        {
            _closed = true;
            return _votes;
        }
    }

    /// <summary>
    /// The question to one acceptor. Its answer is counted on the thread that brings it; only the end of the round returns to the turn of
    /// the asking grain.
    /// </summary>
    private sealed class Question(Round<TReply> round, AcceptorPeer acceptor)
    {
        public void Ask(Func<IAcceptor, Task<TReply>> ask) => acceptor.Send(ask).ContinueWith(
            static (answer, question) => ((Question)question!).Answered(answer),
            this,
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);

        private void Answered(Task<TReply> answer)
        {
            acceptor.Ended(answer);
            if (round.Count(acceptor, answer))
                round._ended.TrySetResult(); // outside the lock, because the waiter may continue inside this call
        }
    }
}
