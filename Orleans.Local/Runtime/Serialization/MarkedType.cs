using System.Reflection;
using System.Runtime.CompilerServices;
using Orleans.Serialization;

namespace Orleans.Local;

/// <summary>Reads what an application's type says about its serialization. Stricter than Orleans, which leaves a member without an id behind.</summary>
internal static class MarkedType
{
    public static bool IsMarked(Type type) => type.IsDefined(typeof(GenerateSerializerAttribute), inherit: false);

    /// <summary>The fields of a marked type and its base types, all of which have ids.</summary>
    /// <exception cref="CodecNotFoundException">A member has no id, or two have the same, or a base type is not marked.</exception>
    public static List<FieldInfo> Fields(Type type)
    {
        var fields = new List<FieldInfo>();
        for (var part = type; part is not null && !EndsAt(part); part = part.BaseType)
        {
            if (!IsMarked(part))
                throw new CodecNotFoundException($"{type} cannot cross a grain call: its base type {part} has no [GenerateSerializer].");
            fields.AddRange(FieldsOf(part));
        }

        return fields;
    }

    /// <summary>The name of the field, or of the property that it belongs to.</summary>
    public static string NameOf(FieldInfo field) => PropertyOf(field)?.Name ?? field.Name;

    // An exception's own fields are carried by a serializer of their own.
    private static bool EndsAt(Type part) =>
        part == typeof(object) || part == typeof(ValueType)
        || (typeof(Exception).IsAssignableFrom(part) && !GrainClasses.UsesOrleans(part.Assembly) && !IsMarked(part));

    private static FieldInfo[] FieldsOf(Type part)
    {
        var fields = part.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly);
        var owners = new Dictionary<uint, string>();
        foreach (var field in fields)
        {
            var name = NameOf(field);
            var id = IdOf(field) ?? throw new CodecNotFoundException(
                $"{part} cannot cross a grain call: its member {name} has no [Id]. In a record's parameter list, write [property: Id(n)].");
            if (!owners.TryAdd(id, name))
                throw new CodecNotFoundException($"{part} cannot cross a grain call: its members {owners[id]} and {name} both have [Id({id})].");
        }

        return fields;
    }

    private static uint? IdOf(FieldInfo field) =>
        (field.GetCustomAttribute<IdAttribute>() ?? PropertyOf(field)?.GetCustomAttribute<IdAttribute>())?.Id;

    private static PropertyInfo? PropertyOf(FieldInfo field)
    {
        // The compiler names the field of an automatic property <Name>k__BackingField.
        if (!field.IsDefined(typeof(CompilerGeneratedAttribute)) || field.Name is not ['<', .. var rest])
            return null;
        var name = rest[..rest.IndexOf('>', StringComparison.Ordinal)];
        return field.DeclaringType!.GetProperty(name, BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly);
    }
}
