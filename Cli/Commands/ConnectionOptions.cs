using System.CommandLine;
using Orleans.Paxos.Cli.Connections;
using Orleans.Paxos.Cli.Errors;

namespace Orleans.Paxos.Cli.Commands;

/// <summary>The options, common to all commands, that select the connection.</summary>
/// <param name="defaultUrl">The value of the environment variable PAXOS_URL; null when it is not set.</param>
/// <param name="keys">The options that select the key to send.</param>
internal sealed class ConnectionOptions(string? defaultUrl, KeyOptions keys)
{
    private const char UrlDelimiter = ',';

    public Option<Uri[]> Url { get; } = new("--url")
    {
        Description = "The HTTP address of a silo; repeat it for others, which are asked when one does not answer "
            + $"[environment: PAXOS_URL, with commas between several] [default: {ServerAddress.Example}]",
        HelpName = "http://host:8080",
        Arity = ArgumentArity.OneOrMore,
        AllowMultipleArgumentsPerToken = false,
        CustomParser = result => ParseUrls(result.Tokens.Select(token => token.Value), result.AddError),
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
        Description = "How long to wait for an answer of one silo",
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
        if (parse.GetValue(Url) is { Length: > 0 } && gateways.Length > 0)
            throw new UsageException("--url and --gateway exclude each other.", "Give one of them.");
        if (gateways.Length > 0)
            keys.RefuseWithGateways(parse);
        var urls = parse.GetValue(Url) is { Length: > 0 } given ? given : DefaultUrls();
        return new ConnectionTarget(
            [.. urls],
            [.. gateways],
            parse.GetValue(ClusterId)!,
            parse.GetValue(ServiceId)!,
            TimeSpan.FromSeconds(parse.GetValue(Timeout)),
            gateways.Length > 0 ? null : keys.KeyFor(parse, urls));
    }

    private Uri[] DefaultUrls() => ParseUrls(
        string.IsNullOrEmpty(defaultUrl) ? [ServerAddress.Example] : defaultUrl.Split(UrlDelimiter, StringSplitOptions.TrimEntries),
        error => throw new UsageException(error, "It was taken from PAXOS_URL."));

    private static Uri[] ParseUrls(IEnumerable<string> texts, Action<string> addError)
    {
        var good = texts.ToLookup(text => ServerAddress.Problem(text) is null);
        foreach (var text in good[false])
            addError(ServerAddress.Problem(text)!);
        return [.. good[true].Select(text => new Uri(text)).Distinct()];
    }
}
