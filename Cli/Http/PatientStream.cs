namespace Orleans.Paxos.Cli.Http;

/// <summary>
/// Reads a stream whose sender regularly sends something. A long silence therefore means that the connection is dead even
/// though nobody closed it; somebody else may find that out earlier.
/// </summary>
/// <param name="inner">The stream.</param>
/// <param name="time">The clock.</param>
/// <param name="longestSilence">How long a read may receive nothing before it throws a <see cref="TimeoutException"/>.</param>
/// <param name="dead">Is cancelled when the connection is found to be dead: a read then throws a <see cref="TimeoutException"/>.</param>
internal sealed class PatientStream(Stream inner, TimeProvider time, TimeSpan longestSilence, CancellationToken dead) : Stream
{
    private static readonly byte[] EndOfEvent = "\n\n"u8.ToArray();

    private readonly byte[] _last = new byte[EndOfEvent.Length];

    /// <summary>Whether the last event that was read is complete.</summary>
    public bool IsBetweenEvents => _last.AsSpan().SequenceEqual(EndOfEvent);

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        using var silence = new CancellationTokenSource(longestSilence, time);
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, silence.Token, dead);
        try
        {
            var count = await inner.ReadAsync(buffer, ends.Token);
            NoteLast(buffer.Span[..count]);
            return count;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException();
        }
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private void NoteLast(ReadOnlySpan<byte> read)
    {
        foreach (var next in read[Math.Max(0, read.Length - _last.Length)..])
            (_last[0], _last[1]) = (_last[1], next);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            inner.Dispose();
        base.Dispose(disposing);
    }
}
