using Orleans.Runtime;

namespace Orleans.Local;

/// <summary>Makes references for one caller.</summary>
internal sealed class LocalClient(Caller caller, GrainClasses classes, Func<IServiceProvider> services) : IClusterClient
{
    public IServiceProvider ServiceProvider => services();

    public TGrainInterface GetGrain<TGrainInterface>(string primaryKey, string? grainClassNamePrefix = null)
        where TGrainInterface : IGrainWithStringKey
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(primaryKey);
        var prototype = classes.Prototype(typeof(TGrainInterface), grainClassNamePrefix);
        return Cast<TGrainInterface>(prototype.For(GrainId.Create(prototype.Class.GrainType, primaryKey), caller));
    }

    public TGrainInterface GetGrain<TGrainInterface>(GrainId grainId)
        where TGrainInterface : IAddressable =>
        Cast<TGrainInterface>(classes.Prototype(typeof(TGrainInterface), grainId.Type).For(grainId, caller));

    /// <summary>Makes a reference to one activation and no other.</summary>
    public TGrainInterface GetGrain<TGrainInterface>(Activation activation)
        where TGrainInterface : IAddressable =>
        Cast<TGrainInterface>(classes.Prototype(typeof(TGrainInterface), activation.GrainId.Type).For(activation.GrainId, caller, activation));

    private static TGrainInterface Cast<TGrainInterface>(GrainProxy proxy) => (TGrainInterface)(object)proxy;
}
