namespace Orleans.Paxos.Benchmarks.Clusters;

/// <summary>An empty folder for one run. The folder and its contents are deleted afterwards.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("paxos-bench-").FullName;

    public string this[string name] => System.IO.Path.Combine(Path, name);

    /// <summary>Gets the total size of all files in bytes.</summary>
    public long Bytes() => new DirectoryInfo(Path).EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
