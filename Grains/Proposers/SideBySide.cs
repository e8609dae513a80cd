namespace Orleans.Paxos.Proposers;

/// <summary>How many registers of a list are read at once.</summary>
internal static class SideBySide
{
    /// <summary>As many as the calls that are under way to an acceptor carry: more would only wait for them (<see cref="Acceptors.Outbox{TRequest, TReply}"/>).</summary>
    private const int MostReads = 1024;

    /// <summary>The values that are read are in memory together.</summary>
    private const int MostValueBytes = 1024 * 1024;

    /// <summary>Cuts a list into batches whose members are read together. Order is kept.</summary>
    /// <param name="registers">The list.</param>
    /// <param name="isRead">Whether a register has to be read at all.</param>
    public static IEnumerable<IReadOnlyList<ListedRegister>> Batches(IEnumerable<ListedRegister> registers, Func<ListedRegister, bool> isRead)
    {
        var batch = new List<ListedRegister>();
        var (reads, bytes) = (0, 0L);
        foreach (var register in registers)
        {
            var (ofThis, bytesOfThis) = isRead(register) ? (1, register.ValueBytes) : (0, 0);
            if (reads > 0 && (reads + ofThis > MostReads || bytes + bytesOfThis > MostValueBytes))
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
