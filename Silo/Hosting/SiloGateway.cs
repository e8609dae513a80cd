namespace Orleans.Paxos.Silo.Hosting;

/// <summary>A silo of this process as a way into the cluster.</summary>
/// <param name="Name">The silo's name.</param>
/// <param name="Grains">Makes references that are called through it.</param>
internal sealed record SiloGateway(string Name, IGrainFactory Grains) : IGateway;
