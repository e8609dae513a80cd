using System.Net;

namespace Orleans.Runtime;

/// <summary>Names one run of a silo: where it listens and which start of it this is. Here nothing listens; the port only tells silos apart.</summary>
[GenerateSerializer, Immutable]
public sealed class SiloAddress : IEquatable<SiloAddress>, IComparable<SiloAddress>
{
    private SiloAddress(IPEndPoint endpoint, int generation)
    {
        Endpoint = endpoint;
        Generation = generation;
    }

    /// <summary>No silo.</summary>
    public static SiloAddress Zero { get; } = New(new IPEndPoint(IPAddress.Any, 0), 0);

    /// <summary>Where it listens.</summary>
    [Id(0)]
    public IPEndPoint Endpoint { get; }

    /// <summary>Which start of the silo this is; later ones are higher.</summary>
    [Id(1)]
    public int Generation { get; }

    /// <summary>Makes an address.</summary>
    /// <param name="ep">Where it listens.</param>
    /// <param name="gen">Which start of the silo this is.</param>
    /// <returns>The address.</returns>
    public static SiloAddress New(IPEndPoint ep, int gen) => new(ep, gen);

    /// <summary>Makes an address.</summary>
    /// <param name="address">The address it listens at.</param>
    /// <param name="port">The port it listens at.</param>
    /// <param name="generation">Which start of the silo this is.</param>
    /// <returns>The address.</returns>
    public static SiloAddress New(IPAddress address, int port, int generation) => new(new IPEndPoint(address, port), generation);

    /// <inheritdoc/>
    public bool Equals(SiloAddress? other) =>
        other is not null && Generation == other.Generation && Endpoint.Equals(other.Endpoint);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as SiloAddress);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Endpoint, Generation);

    /// <inheritdoc/>
    public int CompareTo(SiloAddress? other)
    {
        if (other is null)
            return 1;
        var byPort = Endpoint.Port.CompareTo(other.Endpoint.Port);
        return byPort != 0 ? byPort : Generation.CompareTo(other.Generation);
    }

    /// <summary>For example <c>S127.0.0.1:1:1</c>.</summary>
    /// <returns>Endpoint and generation.</returns>
    public override string ToString() => $"S{Endpoint}:{Generation}";
}
