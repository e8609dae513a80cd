namespace Orleans.Paxos.Silo.Hosting;

/// <summary>A silo of this process that the client uses as a gateway into the cluster.</summary>
/// <param name="Name">The silo's name.</param>
/// <param name="Grains">Creates grain references that call through this silo.</param>
internal sealed record SiloGateway(string Name, IGrainFactory Grains) : IGateway;
