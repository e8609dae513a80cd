using System.Linq.Expressions;
using System.Reflection;
using Orleans.Concurrency;

namespace Orleans.Local;

/// <summary>A method of a grain interface: how to call it, and what is copied on the way.</summary>
internal abstract class GrainMethod
{
    // Null where an argument may be shared; null altogether where all may.
    private readonly Copier?[]? _argumentCopiers;

    protected GrainMethod(MethodInfo method)
    {
        Name = $"{method.DeclaringType!.Name}.{method.Name}";
        IsOneWay = method.IsDefined(typeof(OneWayAttribute));
        IsAlwaysInterleaved = method.IsDefined(typeof(AlwaysInterleaveAttribute));
        IsReadOnly = method.IsDefined(typeof(ReadOnlyAttribute));
        var copiers = method.GetParameters().Select(parameter => CopierOf(parameter, Name)).ToArray();
        _argumentCopiers = copiers.All(copier => copier is null) ? null : copiers;
    }

    public string Name { get; }

    public bool IsOneWay { get; }

    public bool IsAlwaysInterleaved { get; }

    public bool IsReadOnly { get; }

    /// <summary>Makes a call of it.</summary>
    /// <returns>What the proxy returns: a task or value task.</returns>
    public abstract object Send(GrainProxy target, object?[] arguments);

    protected object?[] Copy(object?[] arguments)
    {
        if (_argumentCopiers is not null)
        {
            for (var index = 0; index < arguments.Length; index++)
                arguments[index] = _argumentCopiers[index] is { } copier ? copier.Copy(arguments[index]) : arguments[index];
        }

        return arguments;
    }

    private static Copier? CopierOf(ParameterInfo parameter, string method)
    {
        // Not copied, but it must be able to cross all the same.
        var copier = Copiers.For(parameter.ParameterType, $"the parameter {parameter.Name} of {method}");
        return parameter.IsDefined(typeof(ImmutableAttribute)) ? null : copier;
    }
}

/// <summary>A method with the type of its result; <see cref="Nothing"/> when it has none.</summary>
internal sealed class GrainMethod<TResult> : GrainMethod
{
    private readonly Func<object, object?[], Task> _invoke;
    private readonly bool _returnsValueTask;
    private readonly Copier? _resultCopier;

    public GrainMethod(MethodInfo method)
        : base(method)
    {
        _returnsValueTask = method.ReturnType.IsValueType;
        _resultCopier = HasResult ? Copiers.For(typeof(TResult), $"the result of {Name}") : null;
        _invoke = Compile(method);
    }

    private static bool HasResult => typeof(TResult) != typeof(Nothing);

    public Task Invoke(object grain, object?[] arguments) => _invoke(grain, arguments);

    public TResult? CopyResult(Task work)
    {
        if (!HasResult)
            return default;
        var result = ((Task<TResult>)work).Result;
        return _resultCopier is null ? result : (TResult?)_resultCopier.Copy(result);
    }

    public override object Send(GrainProxy target, object?[] arguments)
    {
        var call = new Call<TResult>(target, this, Copy(arguments));
        if (!IsOneWay)
            target.Caller.Pending.Add(call);
        call.Send();
        return (IsOneWay, _returnsValueTask, HasResult) switch
        {
            (true, false, _) => Task.CompletedTask,
            (true, true, _) => ValueTask.CompletedTask,
            (false, false, _) => call.Result,
            (false, true, true) => new ValueTask<TResult>(call.Result),
            (false, true, false) => new ValueTask(call.Result),
        };
    }

    // (grain, arguments) => ((IGrain)grain).Method((T0)arguments[0], ...), as a Task.
    private static Func<object, object?[], Task> Compile(MethodInfo method)
    {
        var grain = Expression.Parameter(typeof(object));
        var arguments = Expression.Parameter(typeof(object?[]));
        Expression call = Expression.Call(
            Expression.Convert(grain, method.DeclaringType!),
            method,
            method.GetParameters().Select((parameter, index) =>
                Expression.Convert(Expression.ArrayIndex(arguments, Expression.Constant(index)), parameter.ParameterType)));
        if (method.ReturnType.IsValueType)
            call = Expression.Call(call, method.ReturnType.GetMethod(nameof(ValueTask.AsTask))!);
        return Expression.Lambda<Func<object, object?[], Task>>(call, grain, arguments).Compile();
    }
}
