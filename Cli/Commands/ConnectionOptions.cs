using System.CommandLine;
using Orleans.Paxos.Cli.Connections;
using Orleans.Paxos.Cli.Errors;

namespace Orleans.Paxos.Cli.Commands;

/// <summary>The options, common to all commands, that select the connection.</summary>
/// <param name="defaultUrl">The value of the environment variable PAXOS_URL; null when it is not set.</param>
/// <param name="keys">The options that select the key to send.</param>
internal sealed class ConnectionOptions(string? defaultUrl, KeyOptions keys)
{
    public Option<Uri?> Url { get; } = new("--url")
    {
        Description = $"The HTTP address of a silo [environment: PAXOS_URL] [default: {ServerAddress.Example}]",
        HelpName = "http://host:8080",
        CustomParser = result => ParseUrl(result.Tokens[0].Value, result.AddError),
        Recursive = true,
    };

    public Option<string[]> Gateway { get; } = new("--gateway")
    {
        Description = "An Orleans gateway to use instead of HTTP; it takes no key; repeat it for every silo",
        HelpName = "host:port",
        Arity = ArgumentArity.OneOrMore,
        AllowMultipleArgumentsPerToken = false,
        Recursive = true,
    };

    public Option<string> ClusterId { get; } = new("--cluster-id")
    {
        Description = "The Orleans cluster id behind the gateways",
        HelpName = "id",
        DefaultValueFactory = _ => "paxos",
        Recursive = true,
    };

    public Option<string> ServiceId { get; } = new("--service-id")
    {
        Description = "The Orleans service id behind the gateways",
        HelpName = "id",
        DefaultValueFactory = _ => "paxos",
        Recursive = true,
    };

    public Option<double> Timeout { get; } = new("--timeout")
    {
        Description = "How long to wait for an answer",
        HelpName = "seconds",
        DefaultValueFactory = _ => 30,
        CustomParser = result => Inputs.Seconds(result),
        Recursive = true,
    };

    public void AddTo(Command root)
    {
        root.Options.Add(Url);
        keys.AddTo(root);
        root.Options.Add(Gateway);
        root.Options.Add(ClusterId);
        root.Options.Add(ServiceId);
        root.Options.Add(Timeout);
    }

    /// <exception cref="UsageException">Both kinds of connection are given, or the key must not be sent to this address.</exception>
    public ConnectionTarget Target(ParseResult parse)
    {
        string[] gateways = parse.GetValue(Gateway) ?? [];
        if (parse.GetValue(Url) is not null && gateways.Length > 0)
            throw new UsageException("--url and --gateway exclude each other.", "Give one of them.");
        if (gateways.Length > 0)
            keys.RefuseWithGateways(parse);
        var url = parse.GetValue(Url) ?? DefaultUrl();
        return new ConnectionTarget(
            url,
            [.. gateways],
            parse.GetValue(ClusterId)!,
            parse.GetValue(ServiceId)!,
            TimeSpan.FromSeconds(parse.GetValue(Timeout)),
            gateways.Length > 0 ? null : keys.KeyFor(parse, url));
    }

    private Uri DefaultUrl() =>
        ParseUrl(string.IsNullOrEmpty(defaultUrl) ? ServerAddress.Example : defaultUrl, error => throw new UsageException(error, "It was taken from PAXOS_URL."))!;

    private static Uri? ParseUrl(string text, Action<string> addError)
    {
        if (ServerAddress.Problem(text) is not { } problem)
            return new Uri(text);
        addError(problem);
        return null;
    }
}
