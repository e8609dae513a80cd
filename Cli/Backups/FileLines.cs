using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;

namespace Orleans.Paxos.Cli.Backups;

/// <summary>Reads a file line by line, as bytes.</summary>
internal static class FileLines
{
    /// <summary>No line of a backup is nearly as long: the values of a history have at most 64 MiB, and the largest of a page one more.</summary>
    private const long MostBytes = 512 * 1024 * 1024;

    /// <summary>The lines, each with its end. The last one has none if the file was cut off.</summary>
    public static async IAsyncEnumerable<byte[]> ReadAsync(Stream file, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var reader = PipeReader.Create(file, new StreamPipeReaderOptions(bufferSize: 64 * 1024, leaveOpen: true));
        while (true)
        {
            var read = await reader.ReadAsync(cancellationToken);
            var buffer = read.Buffer;
            while (buffer.PositionOf((byte)'\n') is { } end)
            {
                var after = buffer.GetPosition(1, end);
                yield return buffer.Slice(0, after).ToArray();
                buffer = buffer.Slice(after);
            }

            if (read.IsCompleted || buffer.Length > MostBytes)
            {
                if (!buffer.IsEmpty)
                    yield return buffer.ToArray();
                yield break;
            }

            reader.AdvanceTo(buffer.Start, buffer.End);
        }
    }
}
