namespace Orleans.Paxos;

/// <summary>
/// What acceptors accept: the newest entry, the ids of the entries before it, and the refusals that must not be forgotten.
/// </summary>
/// <remarks>
/// The values of older entries are not part of the state; acceptors keep them apart (docs/protocol.md, "History").
/// </remarks>
/// <param name="Window">The newest versions' request ids and sizes, oldest first; the last one is that of <see cref="Version"/>.</param>
/// <param name="Entries">
/// The newest entries, oldest first: all that are not known to be chosen by an earlier ballot, and always the newest one.
/// </param>
/// <param name="Refusals">Retried requests that were refused; they stay refused for as long as the window could hold them.</param>
[GenerateSerializer, Immutable, Alias("Orleans.Paxos.RegisterState")]
public sealed record RegisterState(
    [property: Id(0)] ImmutableArray<WindowItem> Window,
    [property: Id(1)] ImmutableArray<RegisterEntry> Entries,
    [property: Id(2)] ImmutableArray<Refusal> Refusals)
{
    /// <summary>The state of a register that was never written.</summary>
    public static RegisterState Empty { get; } = new([], [], []);

    /// <summary>The newest entry; null when the register was never written.</summary>
    public RegisterEntry? Newest => Entries.IsEmpty ? null : Entries[^1];

    /// <summary>The newest version; 0 when the register was never written.</summary>
    public long Version => Newest?.Version ?? 0;

    /// <summary>The version of the first item of <see cref="Window"/>; 1 when the window is empty.</summary>
    public long WindowStart => Version - Window.Length + 1;

    /// <summary>Whether the register has a value: it was written and not deleted since.</summary>
    public bool Exists => Newest is { Deleted: false };
}

/// <summary>One version in the window of a register's state.</summary>
/// <param name="RequestId">The id of the request that wrote the version.</param>
/// <param name="ValueBytes">The size of the version's value, in bytes.</param>
[GenerateSerializer, Immutable, Alias("Orleans.Paxos.WindowItem")]
public readonly record struct WindowItem(
    [property: Id(0)] Guid RequestId,
    [property: Id(1)] int ValueBytes);

/// <summary>A refusal that a late copy of the same request must meet again.</summary>
/// <param name="RequestId">The refused request.</param>
/// <param name="Version">The version it was judged against.</param>
/// <param name="Status">Why it was refused.</param>
[GenerateSerializer, Immutable, Alias("Orleans.Paxos.Refusal")]
public readonly record struct Refusal(
    [property: Id(0)] Guid RequestId,
    [property: Id(1)] long Version,
    [property: Id(2)] ChangeStatus Status);
