using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Concurrency;
using Orleans.GrainDirectory;
using Orleans.Placement;
using Orleans.Runtime;

namespace Orleans.Local;

/// <summary>A grain class with what its attributes say.</summary>
internal sealed class GrainClass
{
    private readonly ObjectFactory _factory;

    public GrainClass(Type type)
    {
        Type = type;
        GrainType = GrainType.Create(type.GetCustomAttribute<GrainTypeAttribute>()?.GrainType ?? NameByConvention(type));
        IsReentrant = type.IsDefined(typeof(ReentrantAttribute));
        Placement = type.GetCustomAttribute<PlacementAttribute>()?.PlacementStrategy ?? new RandomPlacement();
        MaxLocalWorkers = (Placement as StatelessWorkerPlacement)?.MaxLocalWorkers;
        var directory = type.GetCustomAttribute<GrainDirectoryAttribute>()?.GrainDirectoryName;
        DirectoryName = directory == GrainDirectoryAttribute.DEFAULT_GRAIN_DIRECTORY ? null : directory;
        CollectionAge = type.IsDefined(typeof(KeepAliveAttribute))
            ? TimeSpan.MaxValue
            : type.GetCustomAttribute<CollectionAgeLimitAttribute>()?.AgeLimit;
        _factory = ActivatorUtilities.CreateFactory(type, []);
    }

    public Type Type { get; }

    public GrainType GrainType { get; }

    public bool IsReentrant { get; }

    public PlacementStrategy Placement { get; }

    /// <summary>The most activations of one grain on one silo; null when the class is no stateless worker.</summary>
    public int? MaxLocalWorkers { get; }

    /// <summary>The directory of the application's own; null for the runtime's.</summary>
    public string? DirectoryName { get; }

    /// <summary>After how long without a request an activation ends; null when the silo's options say so.</summary>
    public TimeSpan? CollectionAge { get; }

    public object CreateInstance(IServiceProvider services) => _factory(services, null);

    // Persisted keys hold this name, so it is the one that Orleans gives.
    private static string NameByConvention(Type type)
    {
        const string suffix = "grain";
        var name = type.Name.ToLowerInvariant();
        return name.Length > suffix.Length && name.EndsWith(suffix, StringComparison.Ordinal) ? name[..^suffix.Length] : name;
    }
}
