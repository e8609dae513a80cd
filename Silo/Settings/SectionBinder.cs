using System.Collections;
using System.ComponentModel.DataAnnotations;
using System.Reflection;

namespace Orleans.Paxos.Silo.Settings;

/// <summary>
/// Binds a section to options and reports every mistake in it. <c>section.Bind(options)</c> stops at the first mistake and
/// puts the value, which may be a secret, into the message. A property with a <see cref="RangeAttribute"/> keeps its
/// default when the value is out of range.
/// </summary>
/// <param name="mistakes">Collects the mistakes.</param>
internal sealed class SectionBinder(List<string> mistakes)
{
    /// <summary>Describes a setting that does not exist.</summary>
    /// <param name="path">Its path.</param>
    public static string Unknown(string path) => $"There is no setting '{path}'. Remove it, or correct its name.";

    /// <summary>Sets the properties of options to the values of a section.</summary>
    /// <param name="section">The section.</param>
    /// <param name="options">The options; a property hides properties of the same name in later objects.</param>
    public void Bind(IConfigurationSection section, params object[] options)
    {
        var properties = options
            .SelectMany(target => target.GetType().GetProperties().Where(property => property.CanWrite).Select(property => (Target: target, Property: property)))
            .DistinctBy(entry => entry.Property.Name)
            .ToDictionary(entry => entry.Property.Name, StringComparer.OrdinalIgnoreCase);
        RefuseValue(section, $"is a section, and has no value of its own: it takes {string.Join(", ", properties.Keys)}.");
        foreach (var child in section.GetChildren())
        {
            if (!properties.TryGetValue(child.Key, out var found))
                mistakes.Add(Unknown(child.Path));
            else if (child.Exists())
                BindProperty(section.GetSection(found.Property.Name), found.Target, found.Property);
        }
    }

    private void BindProperty(IConfigurationSection section, object target, PropertyInfo property)
    {
        var value = property.GetValue(target);
        if (property.PropertyType.IsValueType || property.PropertyType == typeof(string))
            BindValue(section, target, property);
        else if (value is Dictionary<string, string> list)
            BindList(section, list);
        else if (value is IDictionary sections)
            BindSections(section, sections, property.PropertyType.GetGenericArguments()[1]);
        else
            property.SetValue(target, Bound(section, value ?? Activator.CreateInstance(property.PropertyType)!));
    }

    private void BindValue(IConfigurationSection section, object target, PropertyInfo property)
    {
        RefuseChildren(section);
        if (string.IsNullOrWhiteSpace(section.Value))
            return;
        var range = property.GetCustomAttribute<RangeAttribute>();
        if (Converted(section, property.PropertyType) is { } value && range?.IsValid(value) != false)
            property.SetValue(target, value);
        else
            mistakes.Add($"{section.Path} is '{section.Value}'; it takes {Description(property.PropertyType, range)}.");
    }

    private static object? Converted(IConfigurationSection section, Type type)
    {
        try
        {
            return type == typeof(string) ? section.Value!.Trim() : section.Get(type);
        }
        catch (InvalidOperationException)
        {
            return null; // the caller reports it without the exception's message, which may contain a secret
        }
    }

    private static string Description(Type type, RangeAttribute? range) =>
        type == typeof(TimeSpan) ? "a time span like 00:00:01.5" : range is null ? "a whole number that fits" : $"a whole number from {range.Minimum} to {range.Maximum}";

    /// <summary>Takes the values of a list unchanged: a space in a key is kept, and makes the key invalid.</summary>
    private void BindList(IConfigurationSection section, Dictionary<string, string> list)
    {
        RefuseValue(section, $"is a list: set {section.Path}:0, {section.Path}:1 and so on (in the environment with '__' for ':').");
        foreach (var child in section.GetChildren())
        {
            RefuseChildren(child);
            list[child.Key] = child.Value ?? "";
        }
    }

    private void BindSections(IConfigurationSection section, IDictionary sections, Type type)
    {
        RefuseValue(section, "is a section, and has no value of its own: it takes a section for each name.");
        foreach (var child in section.GetChildren())
            sections[child.Key] = Bound(child, Activator.CreateInstance(type)!);
    }

    private object Bound(IConfigurationSection section, object options)
    {
        Bind(section, options);
        return options;
    }

    private void RefuseValue(IConfigurationSection section, string rule)
    {
        if (!string.IsNullOrEmpty(section.Value))
            mistakes.Add($"{section.Path} {rule}");
    }

    private void RefuseChildren(IConfigurationSection section) => mistakes.AddRange(section.GetChildren().Select(child => Unknown(child.Path)));
}
