namespace Orleans.Paxos.Silo.Http;

/// <summary>The answer to the question of watchers, as server-sent events.</summary>
/// <param name="Bytes">The events as they are sent.</param>
/// <param name="Next">The question of who has seen them.</param>
internal sealed record WatchEvents(ReadOnlyMemory<byte> Bytes, IWatchQuestion Next)
{
    /// <summary>The event <c>unavailable</c>.</summary>
    public static readonly ReadOnlyMemory<byte> Unavailable = "event: unavailable\ndata: {\"detail\":\"No majority of acceptors answers, so it is not known whether there is something new. The watch goes on when one does.\"}\n\n"u8.ToArray();

    /// <summary>The event <c>available</c>.</summary>
    public static readonly ReadOnlyMemory<byte> Available = "event: available\ndata: {\"detail\":\"A majority of acceptors answers again. There was nothing new.\"}\n\n"u8.ToArray();
}
