using System.Text;
using System.Text.Json;

namespace Orleans.Paxos.Cli.Settings;

/// <summary>
/// Reads settings by the rules of .NET configuration's JSON provider: the file is one object; comments and trailing commas
/// are allowed; ':' joins the parts of a key; array elements have their index as key; keys are unique, ignoring case.
/// </summary>
internal sealed class SettingsFileReader
{
    /// <summary>The most levels that .NET configuration reads.</summary>
    public const int MostLevels = 64;

    /// <summary>More than any name has room for, and few enough to go down into.</summary>
    private const int MostStoredLevels = 256;

    private static readonly string TooDeep =
        $"It has more than {MostLevels} levels, the most that .NET configuration reads. Join levels with ':' in one key.";

    private readonly ImmutableArray<Setting>.Builder _settings = ImmutableArray.CreateBuilder<Setting>();
    private readonly HashSet<string>? _keys;

    private SettingsFileReader(bool isStored) => _keys = isStored ? null : new HashSet<string>(StringComparer.OrdinalIgnoreCase);

    /// <param name="json">The file's text.</param>
    /// <param name="isStored">Whether it is the shape of files laid over each other, which may have keys that differ in case, and not a file for .NET configuration.</param>
    /// <exception cref="FormatException">It is not JSON, or .NET configuration would refuse it; the message is one sentence.</exception>
    public static SettingsFile Read(string json, bool isStored = false)
    {
        try
        {
            CheckDepth(json);
            using var document = JsonDocument.Parse(json, Options);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
                throw new FormatException($"It has to be a JSON object, {{ ... }}, and is {Words(document.RootElement.ValueKind)}.");
            var reader = new SettingsFileReader(isStored);
            var shape = reader.ReadObject(document.RootElement, [], level: 1);
            return new SettingsFile(shape, reader._settings.ToImmutable());
        }
        catch (JsonException exception)
        {
            throw new FormatException($"It is not JSON at line {exception.LineNumber + 1}, byte {exception.BytePositionInLine + 1}: {Reason(exception)}");
        }
    }

    private static JsonDocumentOptions Options { get; } = new()
    {
        CommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        MaxDepth = MostStoredLevels,
    };

    /// <summary>
    /// Refuses a file that is far too deep before it is parsed, because a document's parser takes time that grows with the square of the
    /// depth. <see cref="CheckLevel"/> judges the others, and names the key.
    /// </summary>
    private static void CheckDepth(string json)
    {
        var reader = new Utf8JsonReader(
            Encoding.UTF8.GetBytes(json),
            new JsonReaderOptions { CommentHandling = Options.CommentHandling, AllowTrailingCommas = true, MaxDepth = int.MaxValue });
        while (reader.Read())
        {
            if (reader.CurrentDepth >= MostStoredLevels)
                throw new FormatException(TooDeep);
        }
    }

    private Shape ReadElement(JsonElement element, string[] path, int level) => element.ValueKind switch
    {
        JsonValueKind.Object => ReadObject(element, path, level),
        JsonValueKind.Array => ReadArray(element, path, level),
        _ => ReadValue(element, path),
    };

    private ShapeGroup ReadObject(JsonElement element, string[] path, int level)
    {
        CheckLevel(path, level);
        var group = new ShapeGroup(ShapeKind.Object);
        foreach (var property in element.EnumerateObject())
        {
            var key = Text(() => property.Name, path);
            string[] below = [.. path, .. SettingsPath.Parts(key)];
            if (group.Members.ContainsKey(key))
                throw Twice(below);
            group.Members.Add(key, ReadElement(property.Value, below, level + 1));
        }

        return Checked(group, path);
    }

    private ShapeGroup ReadArray(JsonElement element, string[] path, int level)
    {
        CheckLevel(path, level);
        var group = new ShapeGroup(ShapeKind.Array);
        foreach (var item in element.EnumerateArray())
        {
            var key = group.Members.Count.ToString();
            group.Members.Add(key, ReadElement(item, [.. path, key], level + 1));
        }

        return Checked(group, path);
    }

    /// <summary>Reserves the key of an empty group. Like a value, an empty group occupies its key: .NET configuration stores it as null.</summary>
    private ShapeGroup Checked(ShapeGroup group, string[] path)
    {
        if (group.Members.Count == 0 && path.Length > 0)
            Claim(path);
        return group;
    }

    private ShapeValue ReadValue(JsonElement element, string[] path)
    {
        var (type, text) = element.ValueKind switch
        {
            JsonValueKind.String => (ShapeType.String, Text(() => element.GetString()!, path)),
            JsonValueKind.Number => (ShapeType.Number, element.GetRawText()),
            JsonValueKind.True or JsonValueKind.False => (ShapeType.Boolean, element.GetRawText()),
            _ => (ShapeType.Null, ""),
        };
        Claim(path);
        _settings.Add(new Setting(path, text));
        return new ShapeValue(type);
    }

    private void CheckLevel(string[] path, int level)
    {
        if (_keys is not null && level > MostLevels)
            throw new FormatException($"At '{SettingsPath.Key(path)}': {TooDeep}");
    }

    private void Claim(string[] path)
    {
        if (_keys?.Add(SettingsPath.Key(path)) == false)
            throw Twice(path);
    }

    private static string Text(Func<string> read, string[] path)
    {
        try
        {
            return read();
        }
        catch (InvalidOperationException)
        {
            throw new FormatException($"At '{SettingsPath.Key(path)}' it has text that is not valid Unicode: half of a surrogate pair.");
        }
    }

    private static FormatException Twice(string[] path) =>
        new($"The key '{SettingsPath.Key(path)}' stands twice; .NET configuration tells keys apart without regard to case.");

    private static string Words(JsonValueKind kind) => kind switch
    {
        JsonValueKind.Array => "an array",
        JsonValueKind.Null => "null",
        _ => $"a {kind.ToString().ToLowerInvariant()}",
    };

    /// <summary>Removes the position from the message, because .NET counts it from 0.</summary>
    private static string Reason(JsonException exception) => exception.Message.Split(" LineNumber:")[0];
}
