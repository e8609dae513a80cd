using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.Serialization;

namespace Orleans.Paxos.Tests.Deploy;

/// <summary>A node of a YAML document: the text of a scalar, the items of a list or the entries of a map.</summary>
internal sealed class Yaml(object? node, string path)
{
    /// <summary>Reads the documents of a file and applies merge keys.</summary>
    public static Yaml[] Documents(string file)
    {
        using var reader = new StreamReader(file);
        var parser = new MergingParser(new Parser(reader));
        var deserializer = new DeserializerBuilder().Build();
        var documents = new List<Yaml>();
        parser.Consume<StreamStart>();
        while (!parser.Accept<StreamEnd>(out _))
            documents.Add(new Yaml(deserializer.Deserialize<object?>(parser), Path.GetFileName(file)));
        return [.. documents];
    }

    /// <summary>Gets the value of a key in a map; an empty node when the key is missing.</summary>
    public Yaml this[string key] => new((node as Dictionary<object, object>)?.GetValueOrDefault(key), $"{path}/{key}");

    public bool Exists => node is not null;

    public string Text => node as string ?? throw new InvalidOperationException($"{path} is no text.");

    public int Number => int.Parse(Text);

    public Yaml[] Items => [.. (node as List<object> ?? []).Select((item, index) => new Yaml(item, $"{path}/{index}"))];

    public string[] Texts => [.. Items.Select(item => item.Text)];

    public IReadOnlyList<string> Keys => [.. (node as Dictionary<object, object> ?? []).Keys.Cast<string>()];

    /// <summary>Gets a map of texts.</summary>
    public Dictionary<string, string> Map => Keys.ToDictionary(key => key, key => this[key].Text);
}
