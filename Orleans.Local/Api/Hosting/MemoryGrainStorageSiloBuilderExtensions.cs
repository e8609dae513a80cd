using Orleans.Local;
using Orleans.Runtime.Hosting;

namespace Orleans.Hosting;

/// <summary>Registers grain storage in memory.</summary>
public static class MemoryGrainStorageSiloBuilderExtensions
{
    /// <summary>Registers grain storage that lasts as long as the cluster, whatever becomes of its silos.</summary>
    /// <param name="builder">The silo.</param>
    /// <param name="name">The storage's name; silos share what they store under one name.</param>
    /// <returns>The silo.</returns>
    public static ISiloBuilder AddMemoryGrainStorage(this ISiloBuilder builder, string name)
    {
        builder.Services.AddGrainStorage(name, MemoryGrainStorage.Create);
        return builder;
    }
}
