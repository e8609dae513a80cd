using System.Net.ServerSentEvents;

namespace Orleans.Paxos.Cli.Http;

/// <summary>What is watched over HTTP, and how far it was seen.</summary>
/// <typeparam name="T">What an event becomes.</typeparam>
internal abstract class HttpWatch<T>
    where T : class
{
    /// <summary>Where the watch would go on, in words.</summary>
    public abstract string Position { get; }

    /// <summary>The address at which it goes on after what was seen.</summary>
    public abstract Uri At(RegisterAddress address);

    /// <summary>Reads an event, which is then seen.</summary>
    /// <exception cref="FormatException">The event is not as expected.</exception>
    /// <exception cref="System.Text.Json.JsonException">The event is not as expected.</exception>
    public abstract T Read(SseItem<string> item);

    /// <summary>Notes the last id that came, with the event that is read next or before it.</summary>
    public virtual void Saw(string id)
    {
    }
}
