using System.Text.Encodings.Web;
using System.Text.Json;

namespace Orleans.Paxos.Cli.Settings;

/// <summary>Writes a shape and its values as JSON.</summary>
internal sealed class SettingsWriter : IDisposable
{
    private readonly Utf8JsonWriter _json;
    private readonly Func<string[], ShapeType, string> _value;

    private SettingsWriter(Stream stream, Func<string[], ShapeType, string> value, bool indented)
    {
        _value = value;
        _json = new Utf8JsonWriter(stream, new JsonWriterOptions
        {
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            Indented = indented,
            NewLine = "\n",
        });
    }

    /// <param name="shape">The shape.</param>
    /// <param name="value">Gets the text of the value at a path.</param>
    /// <param name="indented">Whether to indent the JSON for people.</param>
    /// <returns>The JSON in UTF-8.</returns>
    public static byte[] Write(ShapeGroup shape, Func<string[], ShapeType, string> value, bool indented)
    {
        using var stream = new MemoryStream();
        using (var writer = new SettingsWriter(stream, value, indented))
            writer.WriteObject(shape, []);
        return stream.ToArray();
    }

    public void Dispose() => _json.Dispose();

    private void WriteShape(Shape shape, string[] path)
    {
        if (shape is ShapeValue value)
            WriteValue(_value(path, value.Type), value.Type);
        else if (shape is ShapeGroup group && IsArray(group) && !group.Members.Values.Any(member => IsTooDeep(member, _json.CurrentDepth + 1)))
            WriteArray(group, path);
        else
            WriteObject((ShapeGroup)shape, path);
    }

    private void WriteObject(ShapeGroup group, string[] path)
    {
        _json.WriteStartObject();
        foreach (var (key, shape) in group.Members.SelectMany(member => Fitting(member.Key, member.Value)))
        {
            _json.WritePropertyName(key);
            WriteShape(shape, [.. path, .. SettingsPath.Parts(key)]);
        }

        _json.WriteEndObject();
    }

    private void WriteArray(ShapeGroup group, string[] path)
    {
        _json.WriteStartArray();
        for (var index = 0; index < group.Members.Count; index++)
        {
            var key = index.ToString();
            WriteShape(group.Members[key], [.. path, key]);
        }

        _json.WriteEndArray();
    }

    /// <summary>A member of an object; .NET configuration reads only so many levels, and what is deeper is written under joined keys.</summary>
    private IEnumerable<(string Key, Shape Shape)> Fitting(string key, Shape shape) => IsTooDeep(shape, _json.CurrentDepth)
        ? ((ShapeGroup)shape).Ends().Select(end => (SettingsPath.Key([key, .. end.Path]), end.End))
        : [(key, shape)];

    private static bool IsTooDeep(Shape shape, int levelsAbove) =>
        levelsAbove >= SettingsFileReader.MostLevels - 1 && shape is ShapeGroup group && group.Members.Values.Any(member => member is ShapeGroup);

    /// <summary>The register may have changed since its type was recorded: a text that is not a literal becomes a string.</summary>
    private void WriteValue(string text, ShapeType type)
    {
        if (type == ShapeType.Null && text.Length == 0)
            _json.WriteNullValue();
        else if (type != ShapeType.String && JsonLiteral.Parse(text) is { } literal)
            literal.WriteTo(_json);
        else
            _json.WriteStringValue(text);
    }

    /// <summary>
    /// Whether to write a group as an array. An array with a gap, because an element was deleted, is written as an object with
    /// the indexes as keys. .NET configuration reads both in the same way, and the elements keep their registers in the next import.
    /// </summary>
    private static bool IsArray(ShapeGroup group) =>
        group.Kind != ShapeKind.Object
        && (group.Kind == ShapeKind.Array || group.Members.Count > 0)
        && Enumerable.Range(0, group.Members.Count).All(index => group.Members.ContainsKey(index.ToString()));
}
