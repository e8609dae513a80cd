namespace Orleans.Paxos.Hosting;

/// <summary>Provides the silo itself as the only way into the cluster, for code that runs in the silo.</summary>
internal sealed class OwnSiloGateway(ILocalSiloDetails silo, IGrainFactory grains) : IGatewaySource, IGateway
{
    public string Name => silo.Name;

    public IGrainFactory Grains => grains;

    public ImmutableArray<IGateway> Current => field.IsDefault ? field = [this] : field;
}
