using System.CommandLine;
using Orleans.Paxos.Cli.Errors;
using Orleans.Paxos.Cli.Http;

namespace Orleans.Paxos.Cli.Commands;

/// <summary>The options, common to all commands, that select the key. No option takes the key itself, because other users of the machine can see the command line.</summary>
/// <param name="key">The value of the environment variable PAXOS_KEY; null when it is not set.</param>
internal sealed class KeyOptions(string? key)
{
    public Option<string?> KeyFile { get; } = new("--key-file")
    {
        Description = $"A file with the key that the silo requires over HTTP [environment: {AccessKey.Variable}, with the key itself]",
        HelpName = "file",
        Recursive = true,
    };

    public Option<bool> PlainHttp { get; } = new("--plain-http")
    {
        Description = "Send the key to another machine even over http://, where others on the network can read it",
        Recursive = true,
    };

    public void AddTo(Command root)
    {
        root.Options.Add(KeyFile);
        root.Options.Add(PlainHttp);
    }

    /// <summary>The key for silos.</summary>
    /// <param name="parse">The command line.</param>
    /// <param name="urls">The silos' addresses.</param>
    /// <returns>The key; null when there is none.</returns>
    /// <exception cref="UsageException">It is no key, or would cross the network in plain text.</exception>
    public AccessKey? KeyFor(ParseResult parse, IEnumerable<Uri> urls)
    {
        var known = parse.GetValue(KeyFile) is { } file ? FromFile(file)
            : string.IsNullOrEmpty(key) ? null
            : AccessKey.Read(key, AccessKey.Variable);
        if (known is not null && !parse.GetValue(PlainHttp) && urls.FirstOrDefault(url => url is { Scheme: "http", IsLoopback: false }) is { } plain)
        {
            throw new UsageException(
                $"The key would go to {plain} in plain text, where others on the way can read it. Nothing was sent.",
                "Use https://, or --plain-http where the network itself encrypts.");
        }

        return known;
    }

    /// <exception cref="UsageException">The command line has both a key and gateways.</exception>
    public void RefuseWithGateways(ParseResult parse)
    {
        if (parse.GetValue(KeyFile) is not null)
            throw new UsageException("--key-file is for HTTP: an Orleans gateway takes no key.", "Leave out --key-file or --gateway.");
    }

    private AccessKey FromFile(string file)
    {
        try
        {
            using var reader = new StreamReader(InputFile.Open(file, KeyFile.Name));
            return AccessKey.Read(reader.ReadToEnd(), $"'{file}'");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"The key file '{file}' cannot be read: {exception.Message}", $"Give another with --key-file, or the key itself in {AccessKey.Variable}.");
        }
    }
}
