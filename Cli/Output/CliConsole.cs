using System.Text;
using Spectre.Console;

namespace Orleans.Paxos.Cli.Output;

/// <summary>Standard input, output and error, and their traits.</summary>
internal sealed class CliConsole
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    private readonly Stream _output;

    public CliConsole(Stream input, Stream output, Stream error, ConsoleTraits traits)
    {
        _output = output;
        Input = input;
        Traits = traits;
        Out = new StreamWriter(output, Utf8, leaveOpen: true);
        Error = new StreamWriter(error, Utf8, leaveOpen: true) { AutoFlush = true };
    }

    public ConsoleTraits Traits { get; }

    public Stream Input { get; }

    /// <summary>Receives results as text. It is buffered: <see cref="FlushAsync"/> sends the text.</summary>
    public TextWriter Out { get; }

    /// <summary>Receives errors and notices.</summary>
    public TextWriter Error { get; }

    /// <summary>Writes bytes unchanged.</summary>
    public async Task WriteRawAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        await Out.FlushAsync(cancellationToken);
        await _output.WriteAsync(bytes, cancellationToken);
        await _output.FlushAsync(cancellationToken);
    }

    /// <summary>Sends the buffered output. Throws when the pipe is closed.</summary>
    public Task FlushAsync(CancellationToken cancellationToken = default) => Out.FlushAsync(cancellationToken);

    public void Notice(string sentence) => Error.WriteLine($"paxos: {sentence}");

    /// <summary>Gets the console for tables.</summary>
    public IAnsiConsole Tables() => Ansi(Out, Traits.OutputIsTerminal);

    /// <summary>Gets the console for progress. It writes to standard error to keep the results clean.</summary>
    public IAnsiConsole Progress() => Ansi(Error, Traits.ErrorIsTerminal);

    private IAnsiConsole Ansi(TextWriter writer, bool isTerminal)
    {
        var moves = isTerminal && !Traits.Dumb;
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = moves ? AnsiSupport.Yes : AnsiSupport.No,
            ColorSystem = isTerminal && Traits.Color ? ColorSystemSupport.Standard : ColorSystemSupport.NoColors,
            Interactive = moves ? InteractionSupport.Yes : InteractionSupport.No,
            Out = new AnsiConsoleOutput(writer),
        });
        console.Profile.Width = Traits.Width;
        return console;
    }
}

/// <summary>What is known of the console.</summary>
/// <param name="InputIsTerminal">Whether a person can be asked at standard input.</param>
/// <param name="OutputIsTerminal">Whether a person reads standard output.</param>
/// <param name="ErrorIsTerminal">Whether a person reads standard error.</param>
/// <param name="Color">Whether colours are wanted.</param>
/// <param name="Dumb">Whether the terminal cannot move its cursor.</param>
/// <param name="Width">The terminal's width, in columns.</param>
internal sealed record ConsoleTraits(bool InputIsTerminal, bool OutputIsTerminal, bool ErrorIsTerminal, bool Color, bool Dumb, int Width)
{
    /// <summary>Colours by the conventions: none in a pipe, none with NO_COLOR (https://no-color.org), none on a dumb terminal.</summary>
    public static ConsoleTraits Detect(bool inputIsTerminal, bool outputIsTerminal, bool errorIsTerminal, int width, Func<string, string?> variable)
    {
        var dumb = variable("TERM") == "dumb";
        return new ConsoleTraits(inputIsTerminal, outputIsTerminal, errorIsTerminal, !dumb && string.IsNullOrEmpty(variable("NO_COLOR")), dumb, width);
    }
}
