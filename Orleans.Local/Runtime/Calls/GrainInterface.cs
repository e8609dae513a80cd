using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Reflection;
using Orleans.Concurrency;
using Orleans.Runtime;

namespace Orleans.Local;

/// <summary>A grain interface whose methods have been checked: what they return, and that their arguments and results can cross a call.</summary>
internal sealed class GrainInterface
{
    private static readonly ConcurrentDictionary<Type, GrainInterface> Known = new();

    private readonly FrozenDictionary<MethodInfo, GrainMethod> _methods;

    private GrainInterface(Type type)
    {
        Type = type;
        InterfaceType = new GrainInterfaceType(type.GetCustomAttribute<AliasAttribute>()?.Alias ?? type.FullName!);
        _methods = type.GetInterfaces()
            .Append(type)
            .SelectMany(part => part.GetMethods(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic))
            .ToFrozenDictionary(method => method, MakeMethod);
    }

    public Type Type { get; }

    public GrainInterfaceType InterfaceType { get; }

    /// <exception cref="ArgumentException">It is no grain interface, or one that Orleans would refuse.</exception>
    /// <exception cref="Orleans.Serialization.CodecNotFoundException">An argument or result cannot cross a call.</exception>
    public static GrainInterface For(Type type) => Known.GetOrAdd(type, static type => new GrainInterface(type));

    public GrainMethod Method(MethodInfo method) => _methods[method];

    private static GrainMethod MakeMethod(MethodInfo method)
    {
        var name = $"{method.DeclaringType!.Name}.{method.Name}";
        if (method.IsGenericMethodDefinition || method.GetParameters().Any(parameter => parameter.ParameterType.IsByRef))
            throw new ArgumentException($"{name} is generic or has a parameter by reference; a grain method has neither.");
        var result = ResultOf(method.ReturnType) ?? throw new ArgumentException(
            $"{name} returns {method.ReturnType}; a grain method returns Task, Task<T>, ValueTask or ValueTask<T>.");
        if (method.IsDefined(typeof(OneWayAttribute)) && result != typeof(Nothing))
            throw new ArgumentException($"{name} is one-way and has a result; a one-way method returns Task or ValueTask.");
        try
        {
            return (GrainMethod)Activator.CreateInstance(typeof(GrainMethod<>).MakeGenericType(result), method)!;
        }
        catch (TargetInvocationException exception) when (exception.InnerException is { } inner)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(inner);
            throw;
        }
    }

    private static Type? ResultOf(Type type)
    {
        if (type == typeof(Task) || type == typeof(ValueTask))
            return typeof(Nothing);
        if (!type.IsGenericType)
            return null;
        var open = type.GetGenericTypeDefinition();
        return open == typeof(Task<>) || open == typeof(ValueTask<>) ? type.GetGenericArguments()[0] : null;
    }
}
