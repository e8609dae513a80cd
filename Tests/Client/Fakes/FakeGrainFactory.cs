using System.Reflection;

namespace Orleans.Paxos.Tests.Client;

/// <summary>Answers <c>GetGrain&lt;T&gt;(string)</c>, the one question the client library asks.</summary>
public class FakeGrainFactory : DispatchProxy
{
    private Func<Type, string, object> _grain = null!;

    public static IGrainFactory Create(Func<Type, string, object> grain)
    {
        var factory = Create<IGrainFactory, FakeGrainFactory>();
        ((FakeGrainFactory)factory)._grain = grain;
        return factory;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) =>
        targetMethod is { Name: nameof(IGrainFactory.GetGrain), IsGenericMethod: true } && args is [string key, ..]
            ? _grain(targetMethod.GetGenericArguments()[0], key)
            : throw new NotSupportedException($"{targetMethod}");
}
