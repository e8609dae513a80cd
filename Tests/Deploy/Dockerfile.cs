namespace Orleans.Paxos.Tests.Deploy;

/// <summary>The instructions of the Dockerfile.</summary>
internal sealed class Dockerfile
{
    private readonly (string Name, string Arguments)[] _instructions =
    [
        .. File.ReadAllText(DeployedFiles.At("deploy", "Dockerfile")).Replace("\\\n", " ").Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Where(line => line[0] != '#')
            .Select(line => (line[..line.IndexOf(' ')], line[line.IndexOf(' ')..].Trim())),
    ];

    /// <summary>Gets the arguments of each instruction with a name.</summary>
    public string[] All(string instruction) => [.. _instructions.Where(entry => entry.Name == instruction).Select(entry => entry.Arguments)];

    /// <summary>Gets the arguments of the only instruction with a name.</summary>
    public string Only(string instruction) => Assert.Single(All(instruction));

    /// <summary>The variables that it sets.</summary>
    public Dictionary<string, string> Environment => All("ENV").SelectMany(line => line.Split(' ')).Select(pair => pair.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1]);

    /// <summary>The paths that are copied from the repository.</summary>
    public IEnumerable<string> Sources => All("COPY").Where(line => !line.StartsWith("--from=")).SelectMany(line => line.Split(' ')[..^1]);
}
