namespace Orleans.Paxos.Acceptors;

/// <summary>The registers without a value of which an acceptor holds a record, in the order of their deletion.</summary>
internal interface IEmptyRegisters
{
    /// <summary>Reads registers that were deleted until a time, those deleted first. They may have been written or forgotten meanwhile.</summary>
    /// <param name="after">The key of the last one read; empty for the first page.</param>
    /// <param name="until">The time.</param>
    /// <param name="count">How many to read at most.</param>
    Task<EmptyPage> ReadAsync(string after, DateTimeOffset until, int count);

    /// <summary>Drops entries whose registers were forgotten, and then their names, or are not as the entry says any more.</summary>
    Task SettleAsync(IReadOnlyCollection<EmptyRegister> settled);
}

/// <summary>A part of the registers without a value.</summary>
/// <param name="Registers">The registers.</param>
/// <param name="Next">Where the next part begins; null if this is the last one.</param>
internal readonly record struct EmptyPage(IReadOnlyList<EmptyRegister> Registers, string? Next);
