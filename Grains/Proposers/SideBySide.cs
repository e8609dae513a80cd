namespace Orleans.Paxos.Proposers;

/// <summary>Reads the registers of a list, many at once.</summary>
internal static class SideBySide
{
    /// <summary>
    /// As many as one message to an acceptor carries (<see cref="Acceptors.Outbox{TRequest, TReply}"/>). On a busy machine, the answers to
    /// more would come after <see cref="PaxosOptions.AcceptorTimeout"/>, and all be asked for again. With fewer, a page whose names all need
    /// a repair, about five round trips each, would take longer where acceptors are far apart: 1,000 names are four times that.
    /// </summary>
    private const int MostAtOnce = 256;

    /// <summary>A batch holds a page of the default size. More may be read in vain, because the page is full before.</summary>
    private const int MostReadsInBatch = 1024;

    /// <summary>The values of a batch are in memory together.</summary>
    private const int MostBytesInBatch = 1024 * 1024;

    /// <summary>Takes each register of a list. Within a batch, the next one is begun when any has ended. Order is kept.</summary>
    /// <param name="registers">The list.</param>
    /// <param name="isRead">Whether a register has to be read at all.</param>
    /// <param name="take">Takes one, and reads it if it has to.</param>
    public static async IAsyncEnumerable<T> SelectAsync<T>(
        IEnumerable<ListedRegister> registers, Func<ListedRegister, bool> isRead, Func<ListedRegister, Task<T>> take)
    {
        var options = new ParallelOptions { MaxDegreeOfParallelism = MostAtOnce, TaskScheduler = TaskScheduler.Current };
        foreach (var batch in Batches(registers, isRead))
        {
            var taken = new T[batch.Count];
            await Parallel.ForEachAsync(batch.Index(), options, async (each, _) => taken[each.Index] = await take(each.Item));
            foreach (var each in taken)
                yield return each;
        }
    }

    private static IEnumerable<IReadOnlyList<ListedRegister>> Batches(IEnumerable<ListedRegister> registers, Func<ListedRegister, bool> isRead)
    {
        var batch = new List<ListedRegister>();
        var (reads, bytes) = (0, 0L);
        foreach (var register in registers)
        {
            var (ofThis, bytesOfThis) = isRead(register) ? (1, register.ValueBytes) : (0, 0);
            if (reads > 0 && (reads + ofThis > MostReadsInBatch || bytes + bytesOfThis > MostBytesInBatch))
            {
                yield return batch;
                (batch, reads, bytes) = ([], 0, 0);
            }

            batch.Add(register);
            reads += ofThis;
            bytes += bytesOfThis;
        }

        yield return batch;
    }
}
