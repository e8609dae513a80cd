using BenchmarkDotNet.Attributes;
using Microsoft.Extensions.Logging.Abstractions;
using Orleans.Paxos.Storage;
using Orleans.Paxos.Storage.Sqlite;

namespace Orleans.Paxos.Benchmarks.Micro;

/// <summary>Measures the SQLite provider with an acceptor's record: a single write, and many writes that share a commit.</summary>
public class SqliteBenchmarks
{
    private const int AtOnce = 256;
    private const string StateName = "register";

    private readonly byte[] _record = new AcceptorRecordFormat().Encode(Samples.FullRecord());
    private readonly GrainState<StoredRecord>[] _states = [.. Enumerable.Range(0, AtOnce).Select(_ => new GrainState<StoredRecord>())];
    private DirectoryInfo? _directory;
    private SqliteGrainStorage? _storage;

    /// <summary>Creates a directory and opens it.</summary>
    [GlobalSetup]
    public void SetUp()
    {
        _directory = Directory.CreateTempSubdirectory("paxos-micro-");
        _storage = new SqliteGrainStorage(
            "micro", new SqliteGrainStorageOptions { Directory = _directory.FullName }, SqliteStoreSettings.Default, new StoredRecordSerializer(new OnlyRecords()), NullLogger<SqliteGrainStorage>.Instance);
        _storage.Open();
    }

    /// <summary>Removes the directory.</summary>
    [GlobalCleanup]
    public void CleanUp()
    {
        _storage!.Dispose();
        _directory!.Delete(recursive: true);
    }

    /// <summary>A single write, which gets its own commit.</summary>
    [Benchmark]
    public Task WriteOne() => WriteAsync(0);

    /// <summary>Concurrent writes that share commits. Time and bytes are per write.</summary>
    [Benchmark(OperationsPerInvoke = AtOnce)]
    public Task WriteTogether() => Task.WhenAll(Enumerable.Range(0, AtOnce).Select(WriteAsync));

    private Task WriteAsync(int number)
    {
        _states[number].State = new StoredRecord { Bytes = _record };
        return _storage!.WriteStateAsync(StateName, GrainId.Create("micro", $"{number}"), _states[number]);
    }
}
