using System.CommandLine;
using System.Text;
using Orleans.Paxos.Cli.Errors;

namespace Orleans.Paxos.Cli.Commands;

/// <summary>The source of the value to write: the command line, standard input or a file.</summary>
internal sealed class ValueSource
{
    private const string StandardInput = "-";

    /// <summary>The character that .NET substitutes for bytes in an argument that are not UTF-8.</summary>
    private const char Replacement = '\uFFFD';

    /// <summary>A limit that is larger than any value a cluster accepts, but small enough to hold in memory.</summary>
    private const int MostBytes = 64 * 1024 * 1024;

    private readonly Argument<string?> _value = new("VALUE")
    {
        Description = "The value; - reads standard input",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<string?> _file = new("--file")
    {
        Description = "Read the value from a file, byte for byte",
        HelpName = "path",
    };

    public void AddTo(Command command)
    {
        command.Arguments.Add(_value);
        command.Options.Add(_file);
        command.Validators.Add(result =>
        {
            var given = result.GetResult(_value) is { Tokens.Count: > 0 };
            var inFile = result.GetResult(_file) is not null;
            if (given && inFile)
                result.AddError("VALUE and --file exclude each other: give one of them.");
            else if (!given && !inFile)
                result.AddError("There is no value. Give VALUE, - for standard input, or --file.");
        });
    }

    public async Task<byte[]> ReadAsync(CommandContext context, CancellationToken cancellationToken)
    {
        if (context.Get(_file) is { } path)
        {
            await using var file = InputFile.Open(path, _file.Name);
            return await ReadAllAsync(file, cancellationToken);
        }

        var value = context.Get(_value)!;
        if (value == StandardInput)
            return await ReadAllAsync(context.Console.Input, cancellationToken);
        return value.Contains(Replacement)
            ? throw new UsageException("VALUE is not UTF-8, and a command line carries nothing else.", "Pass bytes through - or --file.")
            : Encoding.UTF8.GetBytes(value);
    }

    private static async Task<byte[]> ReadAllAsync(Stream stream, CancellationToken cancellationToken)
    {
        using var bytes = new MemoryStream();
        var buffer = new byte[81_920];
        while (await stream.ReadAsync(buffer, cancellationToken) is > 0 and var count)
        {
            bytes.Write(buffer, 0, count);
            if (bytes.Length > MostBytes)
                throw new RegisterValueTooLargeException(bytes.Length, MostBytes);
        }

        return bytes.ToArray();
    }
}
