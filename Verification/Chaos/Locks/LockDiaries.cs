namespace Orleans.Paxos.Verification.Chaos.Locks;

/// <summary>The files in which the commands under locks write.</summary>
/// <param name="directory">Their directory.</param>
internal sealed class LockDiaries(string directory)
{
    public string FileOf(string name) => Path.Combine(directory, $"{name}.diary");

    public ImmutableArray<DiaryLine> Read(string name) => File.Exists(FileOf(name)) ? [.. File.ReadLines(FileOf(name)).Select(DiaryLine.Parse)] : [];

    /// <summary>The token that a run of <c>paxos lock</c> got; null if it never got any.</summary>
    public long? TokenOf(string name, string holder) => Read(name).FirstOrDefault(line => line.Holder == holder)?.Token;
}
