using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Net;
using System.Numerics;
using System.Reflection;
using Orleans.Serialization;

namespace Orleans.Local;

/// <summary>
/// Knows which types may cross a grain call, and how their values are copied: null stands for values that may be shared. A type may
/// cross if Orleans' serializer could carry it: a known type, a known collection, or a type of the application that is marked.
/// </summary>
internal static class Copiers
{
    private static readonly ConcurrentDictionary<Type, Copier?> Known = new();

    // Types whose copiers are being built by this thread: a type may have members of its own type.
    [ThreadStatic]
    private static HashSet<Type>? _underWay;

    private static readonly HashSet<Type> Shared =
    [
        typeof(string), typeof(decimal), typeof(Guid), typeof(DateTime), typeof(DateTimeOffset), typeof(TimeSpan), typeof(DateOnly),
        typeof(TimeOnly), typeof(Int128), typeof(UInt128), typeof(Half), typeof(BigInteger), typeof(Uri), typeof(Version), typeof(IPAddress),
        typeof(IPEndPoint), typeof(Nothing),
    ];

    /// <summary>The copier for values of a declared type or one derived from it.</summary>
    /// <param name="type">The type.</param>
    /// <param name="where">Where the type stands, for the error.</param>
    /// <exception cref="CodecNotFoundException">The type may not cross a grain call.</exception>
    public static Copier? For(Type type, string where)
    {
        if (type == typeof(object) || type.IsInterface || type.IsAbstract)
            return new ByRuntimeType(where);
        if (_underWay?.Contains(type) == true)
            return new ByRuntimeType(where);
        var copier = ForExactly(type, where);
        return type.IsSealed || type.IsValueType || Shared.Contains(type) ? copier : new ByRuntimeType(where);
    }

    /// <summary>The copier for values of this very type.</summary>
    /// <param name="type">The type.</param>
    /// <param name="where">Where the type stands, for the error.</param>
    /// <exception cref="CodecNotFoundException">The type may not cross a grain call.</exception>
    public static Copier? ForExactly(Type type, string where)
    {
        if (Known.TryGetValue(type, out var copier))
            return copier;
        var underWay = _underWay ??= [];
        if (!underWay.Add(type))
            return new ByRuntimeType(where);
        try
        {
            return Known[type] = Build(type, where);
        }
        finally
        {
            underWay.Remove(type);
        }
    }

    private static Copier? Build(Type type, string where)
    {
        if (type.IsPrimitive || type.IsEnum || Shared.Contains(type))
            return null;
        if (Nullable.GetUnderlyingType(type) is { } underlying)
            return ForExactly(underlying, where);
        if (type.IsArray)
            return new ArrayCopier(For(type.GetElementType()!, where));
        if (MarkedType.IsMarked(type))
            return BuildMarked(type);
        if (typeof(Exception).IsAssignableFrom(type) && !GrainClasses.UsesOrleans(type.Assembly))
            return null;
        if (type.IsGenericType && BuildGeneric(type, where) is { } built)
            return built.Copier;
        throw new CodecNotFoundException(
            $"{type} cannot cross a grain call, where it is {where}: it has no [GenerateSerializer] and is no type known to the serializer.");
    }

    // The members are checked even where nothing will be copied.
    private static MemberwiseCopier? BuildMarked(Type type)
    {
        var members = Members(MarkedType.Fields(type), type);
        var isShared = type.IsDefined(typeof(ImmutableAttribute), inherit: false) || typeof(Exception).IsAssignableFrom(type);
        return isShared || (type.IsValueType && members.Count == 0) ? null : new MemberwiseCopier(members);
    }

    private static (Copier? Copier, bool IsKnown)? BuildGeneric(Type type, string where)
    {
        var open = type.GetGenericTypeDefinition();
        var arguments = type.GetGenericArguments().Select(argument => For(argument, where)).ToArray();
        if (open == typeof(ImmutableArray<>))
            return (arguments[0] is null ? null : Make(typeof(ImmutableArrayCopier<>), type, arguments), true);
        if (open == typeof(List<>))
            return (Make(typeof(ListCopier<>), type, arguments), true);
        if (open == typeof(Dictionary<,>))
            return (Make(typeof(DictionaryCopier<,>), type, arguments), true);
        if (open != typeof(KeyValuePair<,>) && !typeof(System.Runtime.CompilerServices.ITuple).IsAssignableFrom(type))
            return null;

        // Tuples cannot be modified, or are values: a copy is needed only for what they hold.
        var fields = type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic);
        var members = Members(fields, type);
        return (members.Count == 0 ? null : new MemberwiseCopier(members), true);
    }

    private static Copier Make(Type openCopier, Type type, Copier?[] arguments) =>
        (Copier)Activator.CreateInstance(openCopier.MakeGenericType(type.GetGenericArguments()), arguments)!;

    private static List<(FieldInfo Field, Copier Copier)> Members(IEnumerable<FieldInfo> fields, Type type)
    {
        var members = new List<(FieldInfo, Copier)>();
        foreach (var field in fields)
        {
            if (For(field.FieldType, $"{MarkedType.NameOf(field)} of {type}") is { } copier)
                members.Add((field, copier));
        }

        return members;
    }
}
