using System.Reflection;
using Orleans.Runtime;

namespace Orleans.Local;

/// <summary>A reference to a grain, as one caller holds it.</summary>
internal class GrainProxy : DispatchProxy, IEquatable<GrainProxy>
{
    public GrainId GrainId { get; private set; }

    public GrainInterface Interface { get; private set; } = null!;

    public GrainClass Class { get; private set; } = null!;

    public Caller Caller { get; private set; } = null!;

    /// <summary>The activation that all calls go to, whatever the directory says; null for an ordinary reference.</summary>
    public Activation? OnlyActivation { get; private set; }

    /// <summary>Makes a reference from which others are made: the generated constructor is slow, a copy is not.</summary>
    public static GrainProxy Prototype(GrainInterface grainInterface, GrainClass grainClass)
    {
        var prototype = (GrainProxy)Create(grainInterface.Type, typeof(GrainProxy));
        prototype.Interface = grainInterface;
        prototype.Class = grainClass;
        return prototype;
    }

    public GrainProxy For(GrainId grainId, Caller caller, Activation? onlyActivation = null)
    {
        var proxy = (GrainProxy)MemberwiseClone();
        proxy.GrainId = grainId;
        proxy.Caller = caller;
        proxy.OnlyActivation = onlyActivation;
        return proxy;
    }

    public bool Equals(GrainProxy? other) => other is not null && GrainId == other.GrainId && OnlyActivation == other.OnlyActivation;

    public override bool Equals(object? obj) => Equals(obj as GrainProxy);

    public override int GetHashCode() => GrainId.GetHashCode();

    public override string ToString() => GrainId.ToString();

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) =>
        Interface.Method(targetMethod!).Send(this, args ?? []);
}
