using System.Collections.Immutable;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Orleans.Local;

/// <summary>Copies values of a type deeply, so that caller and grain share nothing that either can modify.</summary>
internal abstract class Copier
{
    [return: System.Diagnostics.CodeAnalysis.NotNullIfNotNull(nameof(value))]
    public object? Copy(object? value)
    {
        if (value is null)
            return null;

        // An object that contains itself is refused this way, not by the end of the process.
        RuntimeHelpers.EnsureSufficientExecutionStack();
        return CopyValue(value);
    }

    protected abstract object CopyValue(object value);
}

/// <summary>Copies by the type that the value has: for members whose type can be derived from.</summary>
internal sealed class ByRuntimeType(string where) : Copier
{
    protected override object CopyValue(object value) =>
        Copiers.ForExactly(value.GetType(), where) is { } copier ? copier.Copy(value) : value;
}

/// <summary>Copies an object, and those of its members that have to be copied.</summary>
internal sealed class MemberwiseCopier(IReadOnlyList<(FieldInfo Field, Copier Copier)> members) : Copier
{
    private static readonly Func<object, object> ShallowCopy = typeof(object)
        .GetMethod(nameof(MemberwiseClone), BindingFlags.Instance | BindingFlags.NonPublic)!
        .CreateDelegate<Func<object, object>>();

    protected override object CopyValue(object value)
    {
        var copy = ShallowCopy(value);
        foreach (var (field, copier) in members)
            field.SetValue(copy, copier.Copy(field.GetValue(copy)));
        return copy;
    }
}

/// <summary>Copies an array of any rank.</summary>
internal sealed class ArrayCopier(Copier? element) : Copier
{
    protected override object CopyValue(object value)
    {
        var copy = (Array)((Array)value).Clone();
        if (element is null)
            return copy;
        var indices = new int[copy.Rank];
        for (var flat = 0; flat < copy.Length; flat++)
        {
            var rest = flat;
            for (var dimension = copy.Rank - 1; dimension >= 0; rest /= copy.GetLength(dimension--))
                indices[dimension] = copy.GetLowerBound(dimension) + (rest % copy.GetLength(dimension));
            copy.SetValue(element.Copy(copy.GetValue(indices)), indices);
        }

        return copy;
    }
}

/// <summary>Copies an immutable array whose elements have to be copied.</summary>
internal sealed class ImmutableArrayCopier<T>(Copier element) : Copier
{
    protected override object CopyValue(object value)
    {
        var array = (ImmutableArray<T>)value;
        return array.IsDefault ? array : ImmutableArray.CreateRange(array, item => (T)element.Copy(item)!);
    }
}

/// <summary>Copies a list.</summary>
internal sealed class ListCopier<T>(Copier? element) : Copier
{
    protected override object CopyValue(object value)
    {
        var list = (List<T>)value;
        return element is null ? new List<T>(list) : list.ConvertAll(item => (T)element.Copy(item)!);
    }
}

/// <summary>Copies a dictionary, its comparer shared.</summary>
internal sealed class DictionaryCopier<TKey, TValue>(Copier? key, Copier? element) : Copier
    where TKey : notnull
{
    protected override object CopyValue(object value)
    {
        var dictionary = (Dictionary<TKey, TValue>)value;
        var copy = new Dictionary<TKey, TValue>(dictionary.Count, dictionary.Comparer);
        foreach (var (itemKey, item) in dictionary)
            copy.Add(key is null ? itemKey : (TKey)key.Copy(itemKey), element is null ? item : (TValue)element.Copy(item)!);
        return copy;
    }
}
