using System.Threading.Channels;
using Orleans.Paxos.Cli.Errors;
using Orleans.Paxos.Cli.Settings;

namespace Orleans.Paxos.Cli.Commands;

/// <summary>Keeps a settings file as the registers below a prefix are. A burst of changes is one writing.</summary>
/// <param name="context">The run.</param>
/// <param name="prefix">The prefix.</param>
/// <param name="path">The file.</param>
/// <param name="option">The option that named it, for messages.</param>
internal sealed class FollowedExport(CommandContext context, SettingsPrefix prefix, string path, string option)
{
    private static readonly TimeSpan Burst = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(0.5);

    private static readonly byte[] NoSettings = "{}\n"u8.ToArray();

    private readonly Channel<bool> _changed = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private byte[] _written = [];

    /// <summary>Writes until it is cancelled.</summary>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        await using (ReplacedFile.Open(path, option))
            context.Console.Notice($"Writing '{path}' whenever something below '{prefix}' changes. Ctrl-C ends it.");
        var registers = await context.RegistersAsync();
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task[] both = [WatchAsync(registers, ended.Token), WriteAsync(new Exporter(registers), ended.Token)];
        try
        {
            await await Task.WhenAny(both);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Ctrl-C ends it normally.
        }
        finally
        {
            await ended.CancelAsync();
            await Task.WhenAll(both).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        return ExitCode.Ok;
    }

    private async Task WatchAsync(IRegisterClient registers, CancellationToken cancellationToken)
    {
        var listed = false;
        await foreach (var batch in registers.WatchPrefixAsync(prefix.ToString(), cursor: "", cancellationToken))
        {
            if (WatchCommand.Sentence(batch.Notice) is { } sentence)
                context.Console.Notice(sentence);
            listed = (listed && !batch.Begins) || batch.Listed;
            if (listed && (batch.Listed || !batch.Events.IsEmpty))
                _changed.Writer.TryWrite(true);
        }
    }

    private async Task WriteAsync(Exporter exporter, CancellationToken cancellationToken)
    {
        var isLate = false;
        while (true)
        {
            await _changed.Reader.ReadAsync(cancellationToken);
            await Task.Delay(Burst, TimeProvider.System, cancellationToken);
            try
            {
                await WriteOnceAsync(await exporter.RunAsync(prefix, cancellationToken) ?? NoSettings, cancellationToken);
                isLate = false;
            }
            catch (UsageException exception)
            {
                context.Console.Notice($"'{path}' was left as it is. {exception.Message}");
            }
            catch (Exception exception) when (exception is QuorumUnavailableException or NoAnswerException or AnswerLostException)
            {
                if (!isLate)
                    context.Console.Notice($"'{path}' is left as it is until the registers can be read again. {exception.Message}");
                isLate = true;
                await Task.Delay(RetryAfter, TimeProvider.System, cancellationToken);
                _changed.Writer.TryWrite(true);
            }
        }
    }

    private async Task WriteOnceAsync(byte[] settings, CancellationToken cancellationToken)
    {
        if (settings.AsSpan().SequenceEqual(_written))
            return;
        await using var output = ReplacedFile.Open(path, option);
        await output.ReplaceAsync(settings, cancellationToken);
        _written = settings;
    }
}
