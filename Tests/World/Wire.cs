using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;

namespace Orleans.Paxos.Tests.World;

/// <summary>Sends messages to itself, as Orleans writes and reads them.</summary>
internal sealed class Wire : IDisposable
{
    private readonly ServiceProvider _services = new ServiceCollection().AddSerializer().BuildServiceProvider();

    /// <summary>Returns what comes out of a message.</summary>
    public T Send<T>(T message)
    {
        var serializer = _services.GetRequiredService<Serializer>();
        return serializer.Deserialize<T>(serializer.SerializeToArray(message))!;
    }

    /// <summary>Every part of an entry, as text.</summary>
    public static string Parts(RegisterEntry entry) =>
        $"{entry.Version} {Convert.ToHexString(entry.Value)} {entry.Deleted} {entry.RequestId} {entry.At:O} {entry.Guard} {entry.Session}";

    public void Dispose() => _services.Dispose();
}
