namespace Orleans.Paxos.Benchmarks.Clusters;

/// <summary>An empty folder for one run. It is deleted with its content afterwards.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("paxos-bench-").FullName;

    public string this[string name] => System.IO.Path.Combine(Path, name);

    /// <summary>The bytes of all files.</summary>
    public long Bytes() => new DirectoryInfo(Path).EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
