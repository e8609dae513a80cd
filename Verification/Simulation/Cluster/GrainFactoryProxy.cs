using System.Reflection;

namespace Orleans.Paxos.Verification.Simulation.Cluster;

/// <summary>A grain factory that supports only <c>GetGrain&lt;T&gt;(string)</c>.</summary>
public class GrainFactoryProxy : DispatchProxy
{
    private Func<Type, string, object> _grain = null!;

    /// <summary>Creates a factory.</summary>
    /// <param name="grain">Finds the grain for an interface and a key.</param>
    /// <returns>The factory.</returns>
    public static IGrainFactory Create(Func<Type, string, object> grain)
    {
        var factory = Create<IGrainFactory, GrainFactoryProxy>();
        ((GrainFactoryProxy)factory)._grain = grain;
        return factory;
    }

    /// <inheritdoc/>
    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) =>
        targetMethod is { Name: nameof(IGrainFactory.GetGrain), IsGenericMethod: true } && args is [string key, ..]
            ? _grain(targetMethod.GetGenericArguments()[0], key)
            : throw new NotSupportedException($"{targetMethod}");
}
