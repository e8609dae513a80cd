using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Orleans.Paxos.Silo.Http;

/// <summary>Writes server-sent events.</summary>
internal sealed class EventWriter
{
    private readonly ArrayBufferWriter<byte> _events = new();

    /// <summary>What was written.</summary>
    public ReadOnlyMemory<byte> Written => _events.WrittenMemory;

    /// <summary>Writes an event.</summary>
    /// <param name="type">The event's type; null for a version.</param>
    /// <param name="id">The event's id; null for none.</param>
    /// <param name="data">The data, which becomes JSON.</param>
    public void WriteEvent(string? type, string? id, object data)
    {
        if (type is not null)
            Write($"event: {type}\n");
        if (id is not null)
            Write($"id: {id}\n");
        Write("data: ");
        _events.Write(JsonSerializer.SerializeToUtf8Bytes(data, Answers.Json));
        Write("\n\n");
    }

    /// <summary>Writes an id without an event: readers note it.</summary>
    /// <param name="id">The id.</param>
    public void WriteId(string id) => Write($"id: {id}\n\n");

    private void Write(string text) => Encoding.UTF8.GetBytes(text, _events);
}
