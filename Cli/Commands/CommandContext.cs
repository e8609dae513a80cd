using System.CommandLine;
using System.CommandLine.Parsing;
using Orleans.Paxos.Cli.Connections;
using Orleans.Paxos.Cli.Http;
using Orleans.Paxos.Cli.Output;

namespace Orleans.Paxos.Cli.Commands;

/// <summary>One run of a command: its arguments, its console and, when it needs one, its connection.</summary>
internal sealed class CommandContext(ParseResult parse, CliConsole console, bool json, Func<Task<IConnection>> connect) : IAsyncDisposable
{
    private IConnection? _connection;

    public CliConsole Console => console;

    public bool Json => json;

    /// <summary>Gets the connection, which the first call opens.</summary>
    public async Task<IConnection> ConnectAsync() => _connection ??= await connect();

    /// <summary>Gets the client for the registers.</summary>
    public async Task<IRegisterClient> RegistersAsync() => (await ConnectAsync()).Registers;

    public T Get<T>(Argument<T> argument) => parse.GetRequiredValue(argument);

    /// <summary>Whether what an argument was given stands after <c>--</c>.</summary>
    public bool IsAfterDashes(Argument argument)
    {
        var given = parse.GetResult(argument)?.Tokens ?? [];
        return parse.Tokens.SkipWhile(static token => token.Type != TokenType.DoubleDash).Any(token => given.Any(each => ReferenceEquals(each, token)));
    }

    public T? Get<T>(Option<T> option) => parse.GetValue(option);

    /// <summary>Prints what a change wrote, now or when it was sent before; in that case the history may have lost the entry.</summary>
    public Task WriteWrittenAsync(string name, long version, RegisterEntry? entry) =>
        console.Out.WriteLineAsync(json ? EntryOutput.Json(entry is null ? Envelope.OfLeft(name, version) : Envelope.From(name, entry)) : $"version {version}");

    /// <summary>Says why a change was refused: the sentence on standard error, the current entry, as JSON, on standard output.</summary>
    public async Task WriteRefusedAsync(string name, RegisterEntry? current, string sentence)
    {
        if (json && current is not null)
            await console.Out.WriteLineAsync(EntryOutput.Json(name, current));
        console.Notice(sentence);
    }

    public ValueTask DisposeAsync() => _connection?.DisposeAsync() ?? ValueTask.CompletedTask;
}
